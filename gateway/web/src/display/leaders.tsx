// Ranked rows that re-sort while people vote, or are read out from below.
import { Basis, Beside, type Kind, nameOf, Remarks, restsOn, scoreOf, shownScore, topRanks } from '../charts/charts';
import type { BallotForm, Now, Result, Row } from '../core/types';
import { D } from '../words/display';
import { type Grid, useMoving, usePlaces } from './moving';
import { Said } from './parts';

export const TOP = 10;
const ONE_COLUMN = 6; // rows of a ranking
const FEW = 4; // as many at the cut still have a row each

export type Ranked = Extract<Result, { kind: Kind }>;

export function Leaders(props: { result: Ranked; ballot?: BallotForm; told?: number; top?: number; live?: boolean }) {
  const { result, ballot, told = 0, top = TOP, live = false } = props;
  const all = topRanks(result.items, top).filter((row) => row.rank);
  const { above, tied } = arranged(all, top);
  // A rank says how many are before it, so the places still to be told have their room already.
  const ahead = told ? Math.min(TOP, (all.length ? all[0].rank : told) - 1) : 0;
  const two = ahead + above.length + (tied.length ? 2 : 0) > ONE_COLUMN;
  return (
    <div class={two ? 'leaders two' : 'leaders'}>
      <Rows key={two} kind={result.kind} rows={above} ahead={ahead} columns={two ? 2 : 1} live={live} />
      {tied.length > 0 && (
        <p class="tied">
          <b>{tied[0].rank}</b>
          <strong>{D().tied(tied.length, String(scoreOf(result.kind, tied[0])))}</strong>
          {tied.map((row) => short(nameOf(row))).join(' · ')}
        </p>
      )}
      <Basis result={result} ballot={ballot} />
    </div>
  );
}

// The question that is answered now stands alone; the others follow by their votes.
export function Questions({ now, rows }: { now: Now; rows: Row[] }) {
  const live = (now.items || []).find((item) => item.mark === 'live');
  const done = new Set((now.items || []).filter((i) => i.mark).map((i) => i.id));
  const open = rows.filter((row) => !done.has(row.id));
  return (
    <div class="questions">
      {live && (
        <div class="live-question">
          <Said class="kicker" say={() => D().beingAnswered} />
          <p>{nameOf(live)}</p>
        </div>
      )}
      <Rows kind="upvote" rows={topRanks(open, 5)} columns={1} live />
    </div>
  );
}

// `ahead`: so many places are still to be told, before the first of these rows.
function Rows(props: { kind: Kind; rows: Row[]; ahead?: number; columns: number; live: boolean }) {
  const { kind, rows, ahead = 0, columns, live } = props;
  const grid: Grid = { columns, lines: Math.ceil((ahead + rows.length) / columns) };
  const { drawn, placed } = usePlaces(rows.map((row) => row.id), live);
  const { box, transform } = useMoving(drawn, placed, ahead, grid);
  const high = Math.max(1, ...rows.map((row) => scoreOf(kind, row)));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return (
    <figure class={`chart ranking ${kind}-chart`}>
      <ol ref={box} style={{ gridTemplateRows: `repeat(${grid.lines}, 1fr)` }}>
        {Array.from({ length: ahead }, (_, i) => (
          <li key={`ahead-${i}`} class="row ahead" aria-hidden="true">
            <span class="rank">·</span>
          </li>
        ))}
        {drawn.map((id) => {
          const row = byId.get(id) as Row;
          const told = ahead > 0 && row.rank === rows[0].rank;
          return <OneRow key={id} kind={kind} row={row} told={told} share={scoreOf(kind, row) / high} transform={transform(id)} />;
        })}
      </ol>
      <Remarks kind={kind} rows={rows} />
    </figure>
  );
}

function OneRow(props: { kind: Kind; row: Row; told: boolean; share: number; transform: string }) {
  const { kind, row, told, share, transform } = props;
  return (
    <li data-row={row.id} class={`row${row.rank === 1 ? ' first' : ''}${told ? ' told' : ''}`} style={{ transform }}>
      <span class="rank" data-line>{row.rank || '–'}</span>
      <span class="name">
        {nameOf(row)}
        <Beside say={() => nameOf(row)} />
        {row.number && row.title ? <small class="poster"> {row.number}</small> : null}
      </span>
      <span class="score" data-line>
        {shownScore(kind, row)}
        {row.merged?.length ? '*' : ''}
      </span>
      <span class="rests" data-line>{restsOn(kind, row)}</span>
      <span class="bar" aria-hidden="true">
        <i style={{ transform: `scaleX(${share})` }} />
      </span>
    </li>
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
