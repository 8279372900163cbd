// Charts for phone, display and presenter: bars, ranked lists, words, notes. Every one is readable
// as text, and says how many people stand behind it. The before/after dumbbell: comparison.tsx.
import type { ComponentChildren, CSSProperties } from 'preact';
import { beside, pick } from '../core/language';
import { number } from '../core/numbers';
import type { BallotForm, Item, Result, Row, ScaleTotals } from '../core/types';
import { Picture } from '../pictures/picture';
import { S } from '../words/shared';
import { ComparisonChart } from './comparison';
import { nameOf } from './names';

export { nameOf } from './names';

const most = (list: number[]) => Math.max(1, ...list);
export const share = (part: number, whole: number) =>
  ({ '--share': whole > 0 ? part / whole : 0 }) as CSSProperties;

// The same in the second language, on screens that show two.
export function Beside({ say }: { say: () => string }) {
  const other = beside(say);
  return other ? (
    <small class="beside" lang={other.lang}>
      {other.text}
    </small>
  ) : null;
}

interface Options {
  ballot?: BallotForm;
  items?: Item[]; // what was written, where nothing was judged
  own?: string[]; // ids that the reader wrote
  top?: number; // so many ranks
}

export function ResultChart({ result, ...rest }: { result: Result } & Options) {
  return (
    <>
      <Chart result={result} {...rest} />
      {result.kind !== 'scale' && <Basis result={result} ballot={rest.ballot} />}
    </>
  );
}

function Chart({ result, ballot, items = [], own = [], top = Infinity }: { result: Result } & Options) {
  switch (result.kind) {
    case 'scale': {
      const c = result.comparison;
      return c && c.before.mean !== undefined && c.after.mean !== undefined ? (
        <ComparisonChart comparison={c} ballot={ballot} />
      ) : (
        <ScaleChart result={result} ballot={ballot} />
      );
    }
    case 'choice':
      return <ChoiceChart result={result} ballot={ballot} />;
    case 'words':
      return <WordList result={result} top={top} />;
    case 'items':
      return <Gallery items={items} own={own} />;
    default:
      return <Ranking kind={result.kind} rows={result.items} own={own} top={top} />;
  }
}

// The sentence under a chart: how many people, of what.
export function Basis({ result, ballot }: { result: Result; ballot?: BallotForm }) {
  return (
    <p class="basis">
      {basis(result, ballot)}
      <Beside say={() => basis(result, ballot)} />
    </p>
  );
}

export function basis(result: Result, ballot?: BallotForm): string {
  switch (result.kind) {
    case 'dots':
      return S().placed(result.people, result.dots, ballot?.kind === 'dots' && ballot.budget > 20);
    case 'upvote':
      return S().voted(result.people);
    case 'rank':
      return S().ranked(result.people, result.top);
    case 'ratings':
      return S().rated(result.people);
    case 'deck':
      return S().scored(result.scorers, result.cards, result.complete);
    case 'words':
    case 'items':
      return S().wrote(result.people, result.items);
    default:
      return S().answered(result.people);
  }
}

function Figure({ value, word }: { value: ComponentChildren; word: () => string }) {
  return (
    <p class="figure">
      <strong>{value}</strong> <span>{word()}</span>
      <Beside say={word} />
    </p>
  );
}

export function ScaleChart({ result, ballot }: { result: ScaleTotals; ballot?: BallotForm }) {
  return (
    <figure class="chart scale-chart">
      <div class="figures">
        <Figure value={result.mean || '–'} word={() => S().mean} />
        {result.median && <Figure value={result.median} word={() => S().median} />}
        <Figure value={number(result.people)} word={() => S().peopleWord} />
      </div>
      <Columns counts={result.counts} ballot={ballot} tone="after" />
      <Ends ballot={ballot} />
    </figure>
  );
}

// Upright bars, one a value of the scale, with their counts. `top`: the count of a full bar.
export function Columns(props: {
  counts: number[];
  ballot?: BallotForm;
  tone: 'before' | 'after';
  top?: number;
}) {
  const { counts, ballot, tone, top = most(counts) } = props;
  const low = ballot?.kind === 'scale' ? ballot.low : 1;
  return (
    <ol class={`columns ${tone}`}>
      {counts.map((n, i) => (
        <li class={n ? '' : 'none'} style={share(n, top)} aria-label={S().distribution(low + i, n)}>
          <span class="bar" aria-hidden="true">
            <span class="bar-count">{number(n)}</span>
          </span>
          <span class="bar-value" aria-hidden="true">
            {low + i}
          </span>
        </li>
      ))}
    </ol>
  );
}

// What the least and the most mean, in as many lines as they need.
export function Ends({ ballot }: { ballot?: BallotForm }) {
  if (ballot?.kind !== 'scale' || !(ballot.low_label || ballot.high_label)) return null;
  return (
    <p class="ends">
      {[ballot.low_label, ballot.high_label].map((label) => (
        <span>
          {pick(label)}
          <Beside say={() => pick(label)} />
        </span>
      ))}
    </p>
  );
}

// Lying bars, most chosen first; what nobody chose is named, so that the room sees who is missing.
function ChoiceChart(props: { result: Extract<Result, { kind: 'choice' }>; ballot?: BallotForm }) {
  const { result, ballot } = props;
  const options = [...result.options].sort((a, b) => b.count - a.count);
  const top = most(options.map((o) => o.count));
  const missing = new Set(result.nobody || []);
  const silent = options.filter((o) => missing.has(o.id));
  const unchosen = () => S().and(silent.map((o) => pick(o.title) || o.id));
  const pictures = new Map(
    ballot?.kind === 'choice' ? ballot.options.map((o) => [o.id, o.picture]) : [],
  );
  return (
    <figure class="chart choice-chart">
      <ol class={options.length > 9 ? 'bars many' : 'bars'}>
        {options
          .filter((o) => !missing.has(o.id))
          .map((o) => (
            <li key={o.id} style={share(o.count, top)}>
              <span class="bar-text">
                <Picture name={pictures.get(o.id)} />
                {pick(o.title) || o.id}
                <Beside say={() => pick(o.title)} />
              </span>
              <span class="bar-count">{number(o.count)}</span>
              <span class="bar" aria-hidden="true" />
            </li>
          ))}
      </ol>
      {silent.length > 0 && (
        <p class="nobody">
          {S().nobodyYet}
          <strong>{unchosen()}</strong>
          <Beside say={() => S().nobodyYet + unchosen()} />
        </p>
      )}
    </figure>
  );
}

// The first `top` ranks, with everybody who ties at the cut; also of rows that begin further down,
// while a result is read out from below.
export const topRanks = <R extends { rank: number }>(rows: R[], top: number): R[] =>
  rows.filter((row, i) => (row.rank ? row.rank <= top : i < top));

export type Kind = 'dots' | 'upvote' | 'rank' | 'ratings' | 'deck';
export const scoreOf = (kind: Kind, row: Row): number =>
  ({
    dots: row.dots,
    upvote: row.votes,
    rank: row.points,
    ratings: Number(row.mean || 0),
    deck: Number(row.total || 0),
  })[kind] || 0;

export const shownScore = (kind: Kind, row: Row) =>
  kind === 'ratings' ? row.mean || '–' : kind === 'deck' ? row.total : number(scoreOf(kind, row));

// What stands small beside the score: on whom it rests.
export function restsOn(kind: Kind, row: Row): string {
  if (kind === 'deck') return row.complete ? '' : S().scores(row.scores || 0);
  if (kind === 'rank') return row.firsts ? S().firsts(row.firsts) : '';
  return kind === 'upvote' || row.people === undefined ? '' : S().people(row.people);
}

// Ideas, cards, questions, topics by what the room gave them. A merged one carries a star.
function Ranking(props: { kind: Kind; rows: Row[]; own?: string[]; top?: number }) {
  const { kind, own = [], top = Infinity } = props;
  const rows = topRanks(props.rows.filter((row) => row.rank || kind !== 'deck'), top);
  const high = most(rows.map((row) => scoreOf(kind, row)));
  return (
    <figure class={`chart ranking ${kind}-chart`}>
      <ol>
        {rows.map((row) => (
          <li key={row.id} class={`row${row.rank === 1 ? ' first' : ''}`} style={share(scoreOf(kind, row), high)}>
            <span class="rank">{row.rank || '–'}</span>
            <span class="name">
              {nameOf(row)}
              <Beside say={() => nameOf(row)} />
              {row.number && row.title ? <small class="poster"> {row.number}</small> : null}
              {own.includes(row.id) && <em class="yours">{S().yours}</em>}
            </span>
            <span class="score">
              {shownScore(kind, row)}
              {row.merged?.length ? '*' : ''}
            </span>
            <span class="rests">{restsOn(kind, row)}</span>
            <span class="bar" aria-hidden="true" />
          </li>
        ))}
      </ol>
      <Remarks kind={kind} rows={rows} />
    </figure>
  );
}

export function Remarks({ kind, rows }: { kind: Kind; rows: Row[] }) {
  const starred = rows.some((row) => row.merged?.length);
  const short = kind === 'deck' && rows.some((row) => !row.complete);
  if (starred) return <p class="remark">{kind === 'dots' ? S().starred : S().starredVotes}</p>;
  return short ? <p class="remark">{S().shortOfScores}</p> : null;
}

function WordList(props: { result: Extract<Result, { kind: 'words' }>; top: number }) {
  const { result, top } = props;
  const words = result.words.slice(0, top === Infinity ? 100 : top * 2);
  const high = most(words.map((w) => w.count));
  const rest = result.words.length - words.length + (result.more || 0);
  return (
    <figure class="chart word-list">
      <ol class="bars">
        {words.map((w) => (
          <li key={w.item} style={share(w.count, high)}>
            <span class="bar-text">{w.word}</span>
            <span class="bar-count">{number(w.count)}</span>
            <span class="bar" aria-hidden="true" />
          </li>
        ))}
      </ol>
      {rest > 0 && <p class="remark">{S().more(rest)}</p>}
    </figure>
  );
}

// What people wrote, as it is.
export function Gallery({ items, own = [] }: { items: Item[]; own?: string[] }) {
  return (
    <ul class="chart gallery">
      {items
        .filter((item) => !item.merged_into)
        .map((item) => (
          <li key={item.id} class={own.includes(item.id) ? 'note own' : 'note'}>
            <Picture name={item.picture} alone />
            <ItemText item={item} />
            {own.includes(item.id) && <em class="yours">{S().yours}</em>}
          </li>
        ))}
    </ul>
  );
}

// An item's title, its other fields, and whose note it is.
export function ItemText({ item }: { item: Item }) {
  const title = nameOf(item);
  const more = Object.values(item.fields || {}).filter((text) => text && text !== title);
  return (
    <div class="item-text">
      <p class="item-title">{title}</p>
      {more.map((text) => (
        <p class="item-more">{text}</p>
      ))}
      {item.table ? <p class="item-from">{S().table(item.table)}</p> : null}
    </div>
  );
}
