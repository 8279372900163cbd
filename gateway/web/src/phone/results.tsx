// After an activity, and the result so far: closed, read out, revealed.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ResultChart } from '../charts/charts';
import { Groups } from '../charts/groups';
import { pick } from '../core/language';
import type { Now, Result, Row } from '../core/types';
import { P } from '../words/phone';
import { FateLine, Question, Screen, Title } from './parts';
import { CountedLine } from './quiet';
import type { Fate, Store } from './store';

// What became of the last thing that this person said here.
export function lastFate(store: Store): Fate | undefined {
  const now = store.now as Now;
  const keys = ['ballot', 'item', `score/${store.bellRound()}`].map((what) => store.key(what));
  const found = keys.map((key) => store.fate(key)).find(Boolean);
  return found || (now && store.mine.ballot ? { state: 'counted' } : undefined);
}

export function ClosedScreen({ store }: { store: Store }) {
  const now = store.now as Now;
  if (now.told && now.result) return <ToldScreen store={store} now={now} result={now.result} />;
  const words = now.deal ? P().allRounds : now.ballot ? P().votingClosed : P().writingClosed;
  const fate = lastFate(store);
  return (
    <Screen
      name="closed-screen"
      head={<Question store={store} />}
      foot={fate ? <FateLine fate={fate} /> : <CountedLine store={store} />}
    >
      <p class="next">{words}</p>
      {!now.deal && <p class="hint">{P().tookPart(now.turnout.answered)}</p>}
      <p class="hint">{P().resultComes}</p>
    </Screen>
  );
}

const asked = (now: Now) => pick(now.prompt) || pick(now.title);

// A leaderboard is read out from the last place up: what was told so far, the newest first.
function ToldScreen({ store, now, result }: { store: Store; now: Now; result: Result }) {
  return (
    <Screen
      name="told-screen"
      head={
        <>
          <p class="kicker">{asked(now)}</p>
          <Title>{P().toldDown(now.told as number)}</Title>
        </>
      }
      foot={<CountedLine store={store} />}
    >
      <ResultChart result={result} ballot={now.ballot} own={store.ownIds(now.activity)} />
    </Screen>
  );
}

// `foot`: for a result that is read again in My day.
export function ResultScreen({ store, now, foot }: { store: Store; now: Now; foot?: ComponentChildren }) {
  const own = store.ownIds(now.activity);
  return (
    <Screen
      name="result-screen"
      head={
        <>
          <p class="kicker">{P().result}</p>
          <Title>{asked(now)}</Title>
        </>
      }
      foot={foot || <CountedLine store={store} />}
    >
      <Delight result={now.result} own={own} />
      {now.result ? (
        <ResultChart result={now.result} ballot={now.ballot} items={written(now)} own={own} top={10} />
      ) : (
        <p class="next">{P().resultComes}</p>
      )}
      {!foot && <YouSaid store={store} />}
      {now.by_group && now.result && <Groups groups={now.by_group} result={now.result} ballot={now.ballot} />}
    </Screen>
  );
}

// At tables the topics are no result: their notes are.
const written = ({ items = [], tables }: Now) => (tables ? items.filter((i) => i.table) : items);

// "Five people read your idea."
function Delight({ result, own }: { result?: Result; own: string[] }) {
  if (result?.kind !== 'deck') return null;
  const mine = result.items.find((row: Row) => own.includes(row.id));
  // The lower places are not told here; but where every card was scored in every round, so was this.
  const all = own.length && result.complete === result.cards ? result.rounds : 0;
  const readers = mine ? mine.scores : all;
  return readers ? <p class="delight">{P().readYours(readers)}</p> : null;
}

function YouSaid({ store }: { store: Store }) {
  const ballot = store.mine.ballot?.ballot;
  const form = store.now?.ballot;
  if (ballot?.kind === 'scale') return <p class="said">{P().youSaid(String(ballot.value))}</p>;
  if (ballot?.kind !== 'choice' || form?.kind !== 'choice') return null;
  const chosen = form.options.filter((o) => ballot.options.includes(o.id)).map((o) => pick(o.title));
  return chosen.length ? <p class="said">{P().youSaid(chosen.join(', '))}</p> : null;
}

// A live result may be stopped: what moves all the time is hard to read.
export function useHeld(result?: Result) {
  const [held, setHeld] = useState<Result | undefined>(undefined);
  const hold = result && (
    <button type="button" class="link" onClick={() => setHeld(held ? undefined : result)}>
      {held ? P().goLive : P().pauseLive}
    </button>
  );
  return { shown: held || result, hold };
}

// The result so far, for those who have answered.
export function LiveResult({ store }: { store: Store }) {
  const now = store.now as Now;
  const { shown, hold } = useHeld(now.result);
  const own = store.ownIds(now.activity);
  const took = own.length || store.said(store.key('ballot'), store.mine.ballot);
  if (!shown || !took) return null;
  return (
    <section class="live" aria-label={P().soFar}>
      <div class="live-head">
        <h2>{P().soFar}</h2>
        {hold}
      </div>
      <ResultChart result={shown} ballot={now.ballot} items={now.items} own={own} top={5} />
    </section>
  );
}
