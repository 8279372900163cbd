// The activity in hand: what the room sees, who is in, the time, and the one large button.
import { useState } from 'preact/hooks';
import { ResultChart } from '../charts/charts';
import { Groups } from '../charts/groups';
import { clockFace } from '../core/numbers';
import type { Console, ConsoleActivity, Phase, Result } from '../core/types';
import { F } from '../words/presenter';
import { S } from '../words/shared';
import { TableBoard } from './board';
import { connection, dropped, freshDeed, issue, isWaiting, looks, may, seenOf, selected, stage, stepBack, takeBack, tick } from './desk';
import { Careful, Panel, Small } from './parts';
import { Chip } from './run_sheet';
import { type BigStep, bigStep, isDone, namedStep, otherSteps, stepWords, titleOf } from './steps';
import { TellFirst, telling, tellNext } from './telling';
import { Thumbnail } from './thumbnail';

const SETTLE_MS = 700; // a second tap on the big button must not do what it says next
const MINUTE = 60000;

export function NowPanel({ console: view, a }: { console: Console; a: ConsoleActivity }) {
  void tick.value;
  const left = a.deadline_ms ? Math.max(0, a.deadline_ms - connection.now()) : null;
  const big = bigStep(view, selected.value);
  const look = looks.value[a.activity];
  return (
    <main class="now" id="now">
      <div class="now-head">
        <Chip a={a} />
        <h1>{titleOf(a)}</h1>
      </div>
      <div class="figures-row">
        {a.phase === 'waiting' ? <p class="turnout">{F().inRoom(view.room.joined, view.room.expected)}</p> : <Turnout a={a} />}
        {left !== null && <Timer a={a} left={left} />}
      </div>
      <Dropped joined={view.room.joined} />
      {may('run') && <Big big={big} view={view} />}
      <Undo />
      {may('run') && <Others a={a} big={big} />}
      {a.deck && a.phase !== 'waiting' && <DeckLine a={a} />}
      <div class="views">
        <Thumbnail code={view.room.code || ''} />
        {a.result && <ResultPanel a={a} result={a.result} title={F().result} />}
        {!a.result && look && <ResultPanel a={a} result={look} title={F().lookTitle} />}
      </div>
      {a.tables && may('run') && a.phase !== 'sealed' && a.generation > 0 && (
        <TableBoard a={a} key={`${a.activity}/${a.generation}`} />
      )}
    </main>
  );
}

export function Turnout({ a }: { a: ConsoleActivity }) {
  const { answered, of } = a.turnout;
  return (
    <div class="turnout" style={{ '--share': of ? Math.min(1, answered / of) : 0 } as preact.CSSProperties}>
      <p>
        {F().areIn(answered, of)}
        {a.late > 0 && <span class="warn"> · {F().tooLate(a.late)}</span>}
      </p>
      <span class="meter" aria-hidden="true" />
    </div>
  );
}

const MANY = 3; // so few drop all the time

// Many at once: it is the network, and somebody should know.
function Dropped({ joined }: { joined: number }) {
  const n = dropped.value;
  if (n < Math.max(MANY, joined / 50)) return null;
  return (
    <p class="warn dropped" role="status">
      {F().dropped(n)}
    </p>
  );
}

function Timer({ a, left }: { a: ConsoleActivity; left: number }) {
  const minute = (by_ms: number) => {
    const order = { type: 'activity.extend', activity: a.activity, seen: seenOf(a) };
    issue(F().didExtend(by_ms > 0), { ...order, by_ms }, { ...order, by_ms: -by_ms });
  };
  return (
    <div class={left <= 10000 ? 'timer soon' : 'timer'}>
      <p role="timer" aria-label={S().timeLeft(clockFace(left))}>
        {clockFace(left)}
      </p>
      {may('run') && <Small onClick={() => minute(-MINUTE)}>{F().minuteLess}</Small>}
      {may('run') && <Small onClick={() => minute(MINUTE)}>{F().minuteMore}</Small>}
    </div>
  );
}

function advance(a: ConsoleActivity, to: Phase) {
  selected.value = '';
  const { activity } = a;
  const order = { type: 'activity.advance', activity, seen: seenOf(a), to };
  issue(namedStep(a, to), order, () => stepBack(a));
}

// One large button says what it will do.
export function Big({ big, view }: { big?: BigStep; view: Console }) {
  const tell = big && telling(big.a);
  const means = big ? [big.a.activity, big.a.phase, big.a.round, big.to, tell?.next].join('/') : '';
  const [settled, setSettled] = useState({ means: '', at: 0 });
  if (settled.means !== means) setSettled({ means, at: Date.now() + SETTLE_MS });
  // Of an activity that cannot go on yet, as a deck of five cards, the button stays, and rests.
  const idle = !big && view.activities.some((a) => a.activity === (selected.value || view.current) && !isDone(a));
  if (!big && !idle) return <p class="all-done">{view.activities.length ? F().allDone : F().empty}</p>;
  const waits = isWaiting('activity.advance') || isWaiting('result.tell');
  const words = tell?.words || big?.words || F().notYet;
  const rests = !big || waits || Date.now() < settled.at;
  const press = () => big && (tell?.next ? tellNext(big.a, tell.next) : advance(big.a, big.to));
  return (
    <div class="big-place">
      {/* Not `disabled`: who works by keyboard would lose the place. */}
      <button type="button" class="big" id="big" aria-disabled={rests ? 'true' : undefined} onClick={() => rests || press()}>
        {waits ? F().oneMoment : words}
      </button>
      <p class="hint">{tell ? tell.hint : big?.hint}</p>
      {big && tell && !tell.begun && <TellFirst words={F().revealAll} act={() => advance(big.a, 'revealed')} />}
    </div>
  );
}

// What was just pressed, and for ten seconds the way back, wherever on the page one is.
export function Undo() {
  const deed = freshDeed();
  if (!deed) return null;
  return (
    <p class="undo" role="status" key={deed.id}>
      <span>{deed.words}</span>
      <Small strong onClick={() => takeBack(deed)}>
        {F().undo}
      </Small>
    </p>
  );
}

// What the big button does not take: other steps, an early look, beginning again.
function Others({ a, big }: { a: ConsoleActivity; big?: BigStep }) {
  const steps = otherSteps(a, big?.a.activity === a.activity ? big.to : undefined);
  const began = a.generation > 0 && a.phase !== 'waiting';
  return (
    <div class="more" role="group" aria-label={F().moreSteps}>
      {steps.map((to) => {
        const words = stepWords(a, to);
        const grave = to === 'sealed' || isDone(a) || a.phase === 'scoring' || a.phase === 'seated';
        return grave ? (
          <Careful key={to} words={words} sure={F().again(words)} act={() => advance(a, to)} />
        ) : (
          <Small key={to} onClick={() => advance(a, to)}>
            {words}
          </Small>
        );
      })}
      {began && !a.result && may('look') && (
        <Careful
          words={F().earlyLook}
          sure={F().earlySure}
          act={() => issue(F().didLook(titleOf(a)), { type: 'result.look', activity: a.activity })}
        />
      )}
      {began && a.phase !== 'sealed' && (
        <Careful
          words={F().restart}
          sure={F().restartSure}
          act={() =>
            issue(F().didRestart(titleOf(a)), { type: 'activity.restart', activity: a.activity, seen: seenOf(a) })
          }
        />
      )}
    </div>
  );
}

function DeckLine({ a }: { a: ConsoleActivity }) {
  const { cards, present, short } = a.deck || { cards: 0, present: 0, short: 0 };
  const last = (a.round || 0) >= (a.rounds || 0);
  return (
    <p class="hint">
      {F().deckLine(cards, present)}
      {last && short > 0 && `, ${F().shortCards(short)}`}
    </p>
  );
}

function ResultPanel({ a, result, title }: { a: ConsoleActivity; result: Result; title: string }) {
  const now = stage.value?.now;
  const ballot = now?.activity === a.activity ? now.ballot : undefined;
  const items = (a.items || []).filter((item) => !item.state && !item.held && (!a.tables || item.table));
  return (
    <Panel title={title} name="result-panel">
      <ResultChart result={result} ballot={ballot} items={items} top={20} />
      {a.by_group && <Groups groups={a.by_group} result={result} ballot={ballot} />}
    </Panel>
  );
}
