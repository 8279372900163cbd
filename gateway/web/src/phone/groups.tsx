// The result by the groups that people have told, as lines of text.
import { nameOf } from '../charts/charts';
import { pick } from '../core/language';
import { number } from '../core/numbers';
import type { GroupTotals, Now, Result } from '../core/types';
import { P } from '../words/phone';
import { S } from '../words/shared';

const FIRST = 3; // so many of a list

// The names of what was judged, by id: totals have only ids.
function namesOf({ result, ballot, items = [] }: Now): Map<string, string> {
  const rows = ballot?.kind === 'choice' ? ballot.options : [...items, ...rowsOf(result)];
  return new Map(rows.map((row) => [row.id, nameOf(row)]));
}
const rowsOf = (result?: Result) =>
  result && 'items' in result && typeof result.items === 'object' ? result.items : [];

function totalsWords({ mean, options, items, words }: GroupTotals, names: Map<string, string>): string {
  if (words) return words.slice(0, FIRST).map((w) => `${w.word}: ${w.count}`).join(' · ');
  if (options) {
    const chosen = options.filter((o) => o.count).sort((a, b) => b.count - a.count);
    return chosen.slice(0, FIRST).map((o) => `${names.get(o.id) || o.id}: ${o.count}`).join(' · ');
  }
  if (typeof items !== 'object') return mean ? `${S().mean} ${mean}` : '';
  const best = items.filter((i) => i.rank).sort((a, b) => a.rank - b.rank).slice(0, FIRST);
  return best
    .map((i) => `${names.get(i.id) || i.id}: ${i.dots || i.votes || i.points || i.mean || ''}`)
    .join(' · ');
}

export function Groups({ now }: { now: Now }) {
  const { rows = [], hidden = [], index } = now.by_group || { index: 0 };
  if (!rows.length) return null;
  const names = namesOf(now);
  return (
    <section class="groups">
      <h2>{P().byGroup}</h2>
      <ul class="answers">
        {rows.map((row) => (
          <li key={row.group}>
            <p class="kicker">
              {row.group ? pick(row.title) || row.group : P().noGroup} · {S().people(row.people)}
            </p>
            <p>{totalsWords(row.totals, names)}</p>
          </li>
        ))}
      </ul>
      {hidden.length > 0 && (
        <p class="hint">{P().tooFew(hidden.map((h) => (h.group ? pick(h.title) || h.group : P().noGroup)).join(', '))}</p>
      )}
      <p class="receipt">{P().asOfEntry(number(index))}</p>
    </section>
  );
}
