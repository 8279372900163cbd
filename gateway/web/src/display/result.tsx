// Results on the big screen, as large as what there is to show allows; and how they appear: a top
// ten is counted down, bars grow, the second poll slides away from the first.
import { Basis, Gallery, nameOf, Ranking, ResultChart, scoreOf, topRanks } from '../charts/charts';
import { pick } from '../core/language';
import type { Item, Now, Result, Row, Stage } from '../core/types';
import { D } from '../words/display';
import { S } from '../words/shared';
import { Cloud } from './cloud';
import { askedOf, Frame } from './parts';

export const TOP = 10;
const COUNTDOWN_MS = 1400; // a rank
const ONE_COLUMN = 6; // rows of a ranking
const FEW = 4; // as many at the cut still have a row each
const NOTES = 18; // that can be read at once

export function ResultScreen(props: { stage: Stage; now: Now; result: Result; elapsed: number }) {
  const { stage, now, result, elapsed } = props;
  const asked = pick(askedOf(now));
  return (
    <Frame stage={stage} name={`result ${result.kind}`}>
      <div class="asked">
        {pick(now.title) !== asked && <p class="kicker">{pick(now.title)}</p>}
        <h1 class="question">{asked}</h1>
        <Body now={now} result={result} elapsed={elapsed} />
      </div>
    </Frame>
  );
}

function Body({ now, result, elapsed }: { now: Now; result: Result; elapsed: number }) {
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
      return <Leaders result={result} elapsed={elapsed} />;
    default:
      return <ResultChart result={result} ballot={now.ballot} top={TOP} />;
  }
}

// While it is open: the same, smaller, beside the question.
export function LiveResult({ now, result }: { now: Now; result: Result }) {
  if (result.kind === 'upvote') return <Questions now={now} rows={result.items} />;
  if (result.kind === 'words') return <Words result={result} />;
  if (result.kind === 'items') return <Notes items={now.items || []} result={result} />;
  return <ResultChart result={result} ballot={now.ballot} top={6} />;
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
  const live = (now.items || []).find((item) => item.mark === 'live');
  const done = new Set((now.items || []).filter((i) => i.mark).map((i) => i.id));
  return (
    <div class="questions">
      {live && (
        <div class="live-question">
          <p class="kicker">{D().beingAnswered}</p>
          <p>{nameOf(live)}</p>
        </div>
      )}
      <Ranking kind="upvote" rows={rows.filter((row) => !done.has(row.id))} top={5} />
    </div>
  );
}

type Ranked = Extract<Result, { kind: 'dots' | 'upvote' | 'rank' | 'ratings' | 'deck' }>;

function Leaders({ result, elapsed }: { result: Ranked; elapsed: number }) {
  const all = topRanks(result.items, TOP).filter((row) => row.rank);
  const { above, tied } = arranged(all);
  const ranks = [...new Set(all.map((row) => row.rank))];
  // From the last rank up, all of a rank at once; what is not yet read out stays hidden.
  const shown = Math.floor(elapsed / COUNTDOWN_MS);
  const veiled = ranks[Math.max(0, ranks.length - 1 - shown)] || 0;
  const rows = above.length + (tied.length ? 2 : 0);
  const two = rows > ONE_COLUMN;
  return (
    <div class={two ? 'leaders two' : 'leaders'}>
      <Ranking kind={result.kind} rows={above} veiled={veiled} />
      {tied.length > 0 && (
        <p class={tied[0].rank < veiled ? 'tied veiled' : 'tied'}>
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
function arranged(rows: Row[]): { above: Row[]; tied: Row[] } {
  const last = rows.length ? rows[rows.length - 1].rank : 0;
  const above = rows.filter((row) => row.rank !== last);
  const tied = rows.filter((row) => row.rank === last);
  const crowded = rows.length > TOP && tied.length >= FEW && above.length > 0;
  return crowded ? { above, tied } : { above: rows, tied: [] };
}

const short = (text: string) => (text.length > 54 ? `${text.slice(0, 52).trimEnd()} …` : text);

// How long the reveal of this result takes.
export function revealLength(result: Result): number {
  if (!('items' in result) || !Array.isArray(result.items)) return 0;
  return (new Set(topRanks(result.items as Row[], TOP).map((row) => row.rank)).size + 1) * COUNTDOWN_MS;
}
