// Results on the big screen, as large as what there is to show allows; and how they appear: a top
// ten is read out from below at the facilitator's pace, rows travel to their new places, the second
// poll slides away from the first.
import { Basis, Gallery, nameOf, Ranking, ResultChart, scoreOf, topRanks } from '../charts/charts';
import { Groups, isSplit } from '../charts/groups';
import { pick } from '../core/language';
import type { Item, Now, Result, Row, Stage } from '../core/types';
import { D } from '../words/display';
import { S } from '../words/shared';
import { Cloud } from './cloud';
import { useMoving } from './moving';
import { askedOf, Frame, Said } from './parts';

export const TOP = 10;
const LIVE_ROWS = 16; // of a ranking that moves while people vote
const ONE_COLUMN = 6; // rows of a ranking
const FEW = 4; // as many at the cut still have a row each
const NOTES = 18; // that can be read at once

export function ResultScreen({ stage, now, result }: { stage: Stage; now: Now; result: Result }) {
  const asked = pick(askedOf(now));
  const { by_group: groups, told = 0 } = now;
  const split = isSplit(groups) && !told;
  return (
    <Frame stage={stage} name={`result ${result.kind}${split ? ' split' : ''}${told ? ' telling' : ''}`}>
      <div class="asked">
        {pick(now.title) !== asked && <Said class="kicker" say={() => pick(now.title)} />}
        <Said as="h1" class="question" say={() => pick(askedOf(now))} />
        <Body now={now} result={result} />
      </div>
      {split && groups && <Groups groups={groups} result={result} ballot={now.ballot} />}
    </Frame>
  );
}

function Body({ now, result }: { now: Now; result: Result }) {
  switch (result.kind) {
    case 'words':
      return <Words result={result} />;
    case 'items':
      return <Notes items={(now.items || []).filter((item) => !now.tables || item.table)} result={result} />;
    case 'dots':
    case 'upvote':
    case 'rank':
    case 'ratings':
    case 'deck':
      return <Leaders result={result} told={now.told} />;
    default:
      return <ResultChart result={result} ballot={now.ballot} top={TOP} />;
  }
}

// While it is open: the same, smaller, beside the question.
export function LiveResult({ now, result }: { now: Now; result: Result }) {
  if (result.kind === 'upvote') return <Questions now={now} rows={result.items} />;
  if (result.kind === 'words') return <Words result={result} />;
  if (result.kind === 'items') return <Notes items={now.items || []} result={result} />;
  if (result.kind === 'scale' || result.kind === 'choice') return <ResultChart result={result} ballot={now.ballot} top={6} />;
  return <Leaders result={result} top={LIVE_ROWS} />;
}

function Words({ result }: { result: Extract<Result, { kind: 'words' }> }) {
  return (
    <div class="words-view">
      <Cloud words={result.words} />
      <ResultChart result={result} top={5} />
    </div>
  );
}

function Notes({ items, result }: { items: Item[]; result: Result }) {
  const shown = items.slice(-NOTES);
  return (
    <div class={shown.length > 6 ? 'notes many' : 'notes'}>
      <Gallery items={shown} />
      {items.length > shown.length && <p class="remark">{S().more(items.length - shown.length)}</p>}
      <Basis result={result} />
    </div>
  );
}

// The question that is answered now stands alone; the others follow by their votes.
function Questions({ now, rows }: { now: Now; rows: Row[] }) {
  const moving = useMoving();
  const live = (now.items || []).find((item) => item.mark === 'live');
  const done = new Set((now.items || []).filter((i) => i.mark).map((i) => i.id));
  return (
    <div class="questions" ref={moving}>
      {live && (
        <div class="live-question">
          <Said class="kicker" say={() => D().beingAnswered} />
          <p>{nameOf(live)}</p>
        </div>
      )}
      <Ranking kind="upvote" rows={rows.filter((row) => !done.has(row.id))} top={5} />
    </div>
  );
}

type Ranked = Extract<Result, { kind: 'dots' | 'upvote' | 'rank' | 'ratings' | 'deck' }>;

function Leaders({ result, told = 0, top = TOP }: { result: Ranked; told?: number; top?: number }) {
  const moving = useMoving();
  const all = topRanks(result.items, top).filter((row) => row.rank);
  const { above, tied } = arranged(all, top);
  // A rank says how many are before it, so the places still to be told have their room already.
  const ahead = told ? Math.min(TOP, (all.length ? all[0].rank : told) - 1) : 0;
  const rows = ahead + above.length + (tied.length ? 2 : 0);
  const two = rows > ONE_COLUMN;
  return (
    <div class={two ? 'leaders two' : 'leaders'} ref={moving}>
      <Ranking kind={result.kind} rows={above} ahead={ahead} />
      {tied.length > 0 && (
        <p class="tied">
          <b>{tied[0].rank}</b>
          <strong>{D().tied(tied.length, String(scoreOf(result.kind, tied[0])))}</strong>
          {tied.map((row) => short(nameOf(row))).join(' · ')}
        </p>
      )}
      <Basis result={result} />
    </div>
  );
}

// A top ten shows everybody who ties at the cut. Where that is many, they share some lines, and
// those above keep rows that can be read at 20 m.
function arranged(rows: Row[], top: number): { above: Row[]; tied: Row[] } {
  const last = rows.length ? rows[rows.length - 1].rank : 0;
  const above = rows.filter((row) => row.rank !== last);
  const tied = rows.filter((row) => row.rank === last);
  const crowded = rows.length > top && tied.length >= FEW && above.length > 0;
  return crowded ? { above, tied } : { above: rows, tied: [] };
}

const short = (text: string) => (text.length > 54 ? `${text.slice(0, 52).trimEnd()} …` : text);
