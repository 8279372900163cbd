// Says what changes to those who listen: a new phase at once, an outcome when there is a pause.
import { effect } from '@preact/signals';
import { nameOf } from '../charts/names';
import { pick } from '../core/language';
import type { Now } from '../core/types';
import type { Voice } from '../core/voice';
import { P } from '../words/phone';
import { roundWords } from './parts';
import type { Store } from './store';

export class Announcer {
  private spokenOf: string | null = null;

  constructor(
    store: Store,
    private voice: Voice,
  ) {
    effect(() => {
      const stage = store.stage.value;
      if (stage) this.phase(stage.now, store.mine.table?.now);
    });
    store.heard = (entry, good, text) => {
      if (!good) this.voice.say(text);
      else if (entry.note) this.voice.later(P().spokenCounted);
    };
  }

  private phase(now: Now | undefined, table: number | undefined) {
    const mark = now
      ? [now.activity, now.generation, now.phase, now.round, table || '', now.told || ''].join('/')
      : 'none';
    if (mark === this.spokenOf) return;
    const first = this.spokenOf === null;
    this.spokenOf = mark;
    if (!now || first) return;
    if (now.phase === 'scoring' && navigator.vibrate) navigator.vibrate(200);
    const words = wordsFor(now, table);
    if (words) this.voice.say(words);
  }
}

// Who is at the place that was told just now.
const toldNow = ({ result, told }: Now) =>
  result && 'items' in result && typeof result.items === 'object'
    ? result.items.filter((row) => row.rank === told).map(nameOf).join(', ')
    : '';

function wordsFor(now: Now, table?: number): string {
  const title = pick(now.title);
  switch (now.phase) {
    case 'waiting':
      return P().spokenNext(title);
    case 'collecting':
      return P().spokenWrite(title);
    case 'voting':
      return P().spokenVote(title);
    case 'swapping':
      return P().spokenPass(roundWords(now));
    case 'scoring':
      return P().spokenBell;
    case 'seated':
      return table ? P().spokenTable(table) : title;
    case 'closing':
      return P().spokenClosing;
    case 'closed':
      return now.told ? `${P().toldDown(now.told)} ${toldNow(now)}` : P().spokenClosed;
    case 'revealed':
      return P().spokenResult(title);
    default:
      return '';
  }
}
