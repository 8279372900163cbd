// When the room hears something: one minute left, time up, and in 25/10 the bells. It follows the
// clock of the stage that the screen has, so that bells ring when it is cut off, too.
import type { Sound } from '../core/screens';
import type { Phase } from '../core/types';

const MINUTE = 60000;
const LONG = 90000; // a shorter time needs no warning

export interface Moment {
  of: string; // activity, generation and round
  phase: Phase;
  left: number | null; // ms
}

export class Bells {
  private last: Moment | undefined;
  private longest = 0; // the most time left that this phase has had
  private rung = ''; // where the end of the time was heard already

  // What is to be heard at this moment, if anything. Who comes in later hears nothing of what was.
  hear(now?: Moment): Sound | undefined {
    const before = this.last;
    this.last = now;
    if (!now) return undefined;
    if (before?.of !== now.of || before.phase !== now.phase) {
      this.longest = now.left || 0;
      return before && this.step(before, now);
    }
    if (now.left === null || before.left === null) return undefined;
    this.longest = Math.max(this.longest, now.left);
    if (before.left > MINUTE && now.left <= MINUTE && this.longest >= LONG) return 'minute';
    return before.left > 0 && now.left <= 0 ? this.end(now) : undefined;
  }

  private end(now: Moment): Sound | undefined {
    this.rung = now.of;
    if (now.phase === 'closing') return undefined; // said to each phone; the time was up before
    return now.phase === 'swapping' ? 'bell' : 'gong';
  }

  private step(before: Moment, now: Moment): Sound | undefined {
    const heard = this.rung === before.of;
    if (now.phase === 'swapping') return 'bell';
    if (now.phase === 'scoring') return heard ? undefined : 'bell';
    if (before.phase !== 'seated') return undefined;
    if (now.phase === 'seated' || now.phase === 'closing' || now.phase === 'closed') return heard ? undefined : 'gong';
    return undefined;
  }
}
