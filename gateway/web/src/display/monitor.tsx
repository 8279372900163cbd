// For whoever stands on the stage: the time of day, the time left, what is on, what comes, and how
// many are in. Read at a glance from ten metres.
import { pick } from '../core/language';
import { clockFace } from '../core/numbers';
import type { Stage } from '../core/types';
import { D } from '../words/display';
import { S } from '../words/shared';
import { Said, Turnout } from './parts';
import type { Time } from './stages';

const isOpen = (phase: string) => !['waiting', 'closed', 'revealed', 'sealed'].includes(phase);

export function MonitorScreen({ stage, time, clock }: { stage: Stage; time: Time; clock: number }) {
  const { now, run, room } = stage;
  const at = now ? run.findIndex((a) => a.activity === now.activity) : -1;
  const next = run.slice(at + 1).find((a) => a.phase === 'waiting' && !a.skipped);
  const rounds = now?.deal?.rounds || now?.rounds || 0;
  const daytime = new Date(clock).toTimeString().slice(0, 5);
  return (
    <div class="frame night monitor">
      <header>
        {time.left !== null && <p class="daytime">{daytime}</p>}
        <p class="monitor-room">
          {pick(room.title)}
          {room.blank && <strong> · {D().isBlank}</strong>}
        </p>
      </header>
      <p class={time.left !== null && time.left <= 60000 ? 'monitor-left soon' : 'monitor-left'} role="timer" aria-label={time.left === null ? daytime : S().timeLeft(clockFace(time.left))}>
        {time.left === null ? daytime : clockFace(time.left)}
      </p>
      <div class="monitor-now">
        <Said class="kicker" say={() => (now ? D().steps[now.phase] : D().notBegun)} />
        <p class="monitor-title">{now ? pick(now.title) : pick(room.title)}</p>
        {now && now.round > 0 && <p>{now.round > rounds ? S().extraRound(now.round - rounds) : D().round(now.round, rounds)}</p>}
        {now?.told ? <p>{D().toldDownTo(now.told)}</p> : null}
        {now && isOpen(now.phase) ? (
          <Turnout n={now.turnout.answered} of={now.turnout.of} say={(n, of) => D().haveAnswered(n, of)} />
        ) : (
          <Turnout n={room.joined} of={room.expected} say={(n, of) => D().areHere(n, of)} />
        )}
      </div>
      <div class="monitor-next">
        <Said class="kicker" say={() => D().next} />
        <p class="monitor-title">{next ? pick(next.title) : D().nothingNext}</p>
      </div>
    </div>
  );
}
