// A phone in the hand of whoever stands on the stage: one button, and what is needed to press it.
import { pick } from '../core/language';
import { clockFace } from '../core/numbers';
import type { Console } from '../core/types';
import { F } from '../words/presenter';
import { S } from '../words/shared';
import { connection, issue, selected, tick } from './desk';
import { Big, Turnout, Undo } from './now';
import { Small } from './parts';
import { bigStep, phaseWords, titleOf } from './steps';

export function Remote({ console: view }: { console: Console }) {
  void tick.value;
  const { activities, current, room } = view;
  const a = activities.find((b) => b.activity === current);
  const left = a?.deadline_ms ? Math.max(0, a.deadline_ms - connection.now()) : null;
  const blank = !!room.blank;
  const toggle = () =>
    issue(blank ? F().didUnblank : F().didBlank, { type: 'screens.blank', blank: !blank }, { type: 'screens.blank', blank });
  return (
    <main class="remote">
      <header>
        <h1>{a ? titleOf(a) : pick(room.title)}</h1>
        {a && <p class="hint">{phaseWords(a)}</p>}
        {left !== null && (
          <p class={left <= 10000 ? 'remote-left soon' : 'remote-left'} role="timer" aria-label={S().timeLeft(clockFace(left))}>
            {clockFace(left)}
          </p>
        )}
        {a && <Turnout a={a} />}
      </header>
      <Big big={bigStep(view, selected.value)} view={view} />
      <footer>
        <Small pressed={blank} onClick={toggle}>
          {blank ? F().unblank : F().blank}
        </Small>
      </footer>
      <Undo />
    </main>
  );
}
