// The display's screen for a result: as large as what there is to show allows.
import { resultChart, topRanks } from './charts.js';
import { frame, people } from './display_parts.js';
import { h } from './dom.js';
import { say } from './words.js';

export const TOP = 10;
const ONE_COLUMN = 12; // rows of a ranking
const FEW = 4; // as many at the cut still have a row each
const TIED_ROWS = 3.5; // the room of so many rows is for those who tie

export function resultScreen(stage, result) {
  const { now } = stage;
  const question = say(now.prompt) || say(now.title);
  const head = [
    h('p', { class: 'kicker' }, say(now.title)),
    question !== say(now.title) && h('h1', { class: 'result-question' }, question),
  ];
  const { shown, tied, rows } = arranged(result);
  const [figure, ...notes] = resultChart(shown, { ballot: now.ballot, top: TOP });
  const two = rows > ONE_COLUMN && result.kind !== 'choice';
  const height = Math.max(two ? Math.ceil(rows / 2) : rows, 5);
  return frame(
    `result ${result.kind}`,
    { stage, corner: 'code', head },
    result.kind === 'items' && h('p', { class: 'closed-count' }, people(result.people)),
    h(
      'div',
      { class: two ? 'result-body two' : 'result-body', style: { '--rows': height } },
      figure,
      tiedLine(tied),
      notes,
    ),
  );
}

// A top ten shows everybody who ties at the cut. Where that is many, they share some lines, and
// those above keep rows that can be read at 20 m.
function arranged(result) {
  if (result.kind === 'choice') return { shown: result, rows: result.options.length };
  if (result.kind !== 'dots' && result.kind !== 'deck') return { shown: result, rows: 0 };
  const items = topRanks(result.items, TOP);
  const last = items.length ? Math.max(...items.map((item) => item.rank)) : 0;
  const above = items.filter((item) => item.rank !== last);
  const tied = items.filter((item) => item.rank === last);
  if (items.length <= ONE_COLUMN || tied.length < FEW || above.length === 0) {
    return { shown: result, rows: items.length };
  }
  return { shown: { ...result, items: above }, tied, rows: above.length + TIED_ROWS };
}

function tiedLine(tied) {
  if (!tied) return null;
  const [first] = tied;
  const score = first.total !== undefined ? first.total : first.dots;
  return h(
    'p',
    { class: first.veiled ? 'tied veiled' : 'tied' },
    h('b', {}, `${first.rank}`),
    h('strong', {}, `${tied.length} with ${score} each: `),
    tied.map((item) => short(say(item.title) || `Card ${item.number}`)).join(' · '),
  );
}

const short = (text) => (text.length > 54 ? `${text.slice(0, 52).trimEnd()} …` : text);
