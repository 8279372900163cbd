// A result split by the groups that people have told, as it stood after one entry of the log: how
// many of each, and what is first with them. The server shows no split that tells anybody's answer.
import { pick } from '../core/language';
import { number } from '../core/numbers';
import type { BallotForm, ByGroup, GroupTotals, Result } from '../core/types';
import { S } from '../words/shared';
import { nameOf, share } from './charts';

const FIRST = 3; // of what has ranks, with each group

export function Groups({ groups, result, ballot }: { groups: ByGroup; result: Result; ballot?: BallotForm }) {
  const { rows = [], hidden = [], index } = groups;
  if (!isSplit(groups)) return null;
  const named = names(result, ballot);
  return (
    <section class="groups" aria-label={S().byGroup}>
      <h2 class="groups-title">{S().byGroup}</h2>
      <ul>
        {rows.map(({ group, title, people, totals }) => (
          <li key={group || ''}>
            <p class="group-name">
              {group ? pick(title) || group : S().noGroup} <small>{S().people(people)}</small>
            </p>
            <Totals totals={totals} named={named} />
          </li>
        ))}
      </ul>
      {hidden.length > 0 && (
        <p class="remark">{S().tooFew(S().and(hidden.map((h) => (h.group ? pick(h.title) || h.group : S().noGroup))))}</p>
      )}
      <p class="remark">{S().asAfter(index)}</p>
    </section>
  );
}

// Whether it tells anything: of those alone who told no group it does not.
export const isSplit = (groups?: ByGroup) => !!groups?.rows?.some((row) => row.group);

// What the ids in the totals are called.
function names(result: Result, ballot?: BallotForm): Map<string, string> {
  const found = new Map<string, string>();
  if (ballot?.kind === 'choice') for (const o of ballot.options) found.set(o.id, pick(o.title) || o.id);
  if (result.kind === 'choice') for (const o of result.options) found.set(o.id, pick(o.title) || o.id);
  if (result.kind === 'words') for (const w of result.words) found.set(w.item, w.word);
  else if ('items' in result && Array.isArray(result.items)) for (const row of result.items) found.set(row.id, nameOf(row));
  return found;
}

function Totals({ totals, named }: { totals: GroupTotals; named: Map<string, string> }) {
  const { counts, mean, options, words, items } = totals;
  if (mean !== undefined && counts) return <Spread mean={mean} counts={counts} people={totals.people} />;
  const list = (entries: [string, string][]) => (
    <p class="group-first">{entries.slice(0, FIRST).map(([name, n]) => `${name}: ${n}`).join(' · ')}</p>
  );
  if (options) {
    const chosen = options.filter((o) => o.count > 0).sort((a, b) => b.count - a.count);
    return list(chosen.map((o) => [named.get(o.id) || o.id, number(o.count)]));
  }
  if (words) return list(words.map((w) => [w.word || named.get(w.item) || '', number(w.count)]));
  if (!Array.isArray(items)) return null;
  const ranked = items.filter((row) => row.rank > 0);
  const score = (row: (typeof ranked)[number]) => row.mean || number(row.dots ?? row.votes ?? row.points ?? 0);
  return list(ranked.map((row) => [named.get(row.id) || S().removed, score(row)]));
}

// The mean, and the distribution as small columns.
function Spread({ mean, counts, people }: { mean: string; counts: number[]; people: number }) {
  const most = Math.max(1, ...counts);
  return (
    <p class="group-spread">
      <strong>{mean}</strong>
      <span class="unseen">{S().mean}</span>
      <span class="spread" role="img" aria-label={counts.map((n, i) => S().distribution(i + 1, n)).join(', ')}>
        {counts.map((n, i) => (
          <i key={i} style={share(n, Math.min(most, people))} />
        ))}
      </span>
    </p>
  );
}
