// The run sheet: the day in its order, what is on, and what may still be changed.
import type { Console, ConsoleActivity } from '../core/types';
import { F } from '../words/presenter';
import { issue, may, selected } from './desk';
import { InsertForm } from './insert';
import { Careful, Small } from './parts';
import { phaseWords, titleOf } from './steps';

export function RunSheet({ console: view, chosen }: { console: Console; chosen: string }) {
  const { activities, current } = view;
  const choose = (id: string) => (selected.value = id === current ? '' : id);
  return (
    <nav class="run-sheet" aria-label={F().runSheet}>
      <h2>{F().runSheet}</h2>
      {activities.length === 0 && <p class="hint">{F().empty}</p>}
      <ol>
        {activities.map((a, i) => (
          <li key={a.activity} class={a.activity === current ? 'current' : ''}>
            <button type="button" class="entry" aria-pressed={a.activity === chosen ? 'true' : 'false'} onClick={() => choose(a.activity)}>
              <span class="entry-title">{titleOf(a)}</span>
              <EntryLine a={a} current={a.activity === current} />
            </button>
            {a.activity === chosen && <Order a={a} at={i} all={activities} />}
          </li>
        ))}
      </ol>
      {may('sheet') && <InsertForm activities={activities} />}
    </nav>
  );
}

export const Chip = ({ a }: { a: ConsoleActivity }) => (
  <span class={`chip ${a.skipped && a.phase === 'waiting' ? 'skipped' : a.phase}`}>{phaseWords(a)}</span>
);

function EntryLine({ a, current }: { a: ConsoleActivity; current: boolean }) {
  return (
    <span class="entry-line">
      <Chip a={a} />
      {current && <span class="unseen">{F().onNow}</span>}
      {a.phase !== 'waiting' && <span>{F().of(a.turnout.answered, a.turnout.of)}</span>}
      {a.late > 0 && <span class="warn">{F().late(a.late)}</span>}
      {!!a.waiting && <span class="warn">{F().toRead(a.waiting)}</span>}
      {a.result_status === 'disputed' && <span class="warn">{F().disputed}</span>}
    </span>
  );
}

// Where it stands in the day, and whether it comes at all.
function Order({ a, at, all }: { a: ConsoleActivity; at: number; all: ConsoleActivity[] }) {
  if (!may('run') || a.phase !== 'waiting') return null;
  const { activity } = a;
  const title = titleOf(a);
  const back = { type: 'activity.move', activity, ...before(all[at + 1]) };
  const move = (to?: ConsoleActivity) =>
    issue(F().didMove(title), { type: 'activity.move', activity, ...before(to) }, back);
  const skip = (skipped: boolean) =>
    issue(
      skipped ? F().didSkip(title) : F().didUnskip(title),
      { type: 'activity.skip', activity, skipped },
      { type: 'activity.skip', activity, skipped: !skipped },
    );
  return (
    <div class="order">
      <Small disabled={at === 0} onClick={() => move(all[at - 1])}>
        ↑ {F().moveUp}
      </Small>
      <Small disabled={at === all.length - 1} onClick={() => move(all[at + 2])}>
        ↓ {F().moveDown}
      </Small>
      {a.skipped ? (
        <Small onClick={() => skip(false)}>{F().unskip}</Small>
      ) : (
        <Careful words={F().skip} sure={F().again(F().skip)} act={() => skip(true)} />
      )}
    </div>
  );
}

const before = (a?: ConsoleActivity) => (a ? { before: a.activity } : {});
