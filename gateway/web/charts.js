// Charts for phone, display and presenter: bars, the before/after dumbbell, ranked lists. Every one
// is readable as text, and says how many people stand behind it.
import { h } from './dom.js';
import { count, number, say } from './words.js';

const share = (part, whole) => (whole > 0 ? part / whole : 0);
const most = (list) => Math.max(1, ...list);

// Any RESULT. `ballot` is the activity's, for the labels; `own` are ids that the reader wrote.
export function resultChart(result, { ballot, own = [], top = Infinity } = {}) {
  switch (result.kind) {
    case 'scale':
      return comparable(result.comparison)
        ? [comparisonChart(result.comparison, ballot)]
        : [scaleChart(result, ballot)];
    case 'choice':
      return [choiceChart(result)];
    case 'dots':
      return [dotsChart(result.items, { top }), basis(result)];
    case 'deck':
      return [deckChart(result.items, { own, top }), basis(result)];
    default:
      return [basis(result)];
  }
}

const comparable = (c) => c && c.before.mean !== undefined && c.after.mean !== undefined;

// The sentence under a chart: how many people, of what.
export function basis(result) {
  const people = count(result.people || 0, 'person', 'people');
  const says = {
    scale: `${people} answered`,
    choice: `${people} answered`,
    dots: `${people} placed ${count(result.dots || 0, 'dot')}`,
    deck:
      `${count(result.scorers || 0, 'person', 'people')} scored ` +
      `${count(result.cards || 0, 'card')}, ` +
      `${number(result.complete || 0)} in full. A gap of one or two points is chance.`,
    items: `${people} wrote ${count(result.items || 0, 'idea')}`,
  };
  return h('p', { class: 'basis' }, says[result.kind] || people);
}

export function scaleChart(result, ballot) {
  return h(
    'figure',
    { class: 'chart scale-chart' },
    h(
      'div',
      { class: 'figure-head' },
      h('p', { class: 'mean' }, h('strong', {}, result.mean || '–'), h('span', {}, 'mean')),
      result.median &&
        h('p', { class: 'median' }, h('strong', {}, result.median), h('span', {}, 'median')),
      h('p', { class: 'n' }, h('strong', {}, number(result.people || 0)), h('span', {}, 'people')),
    ),
    columns(result.counts || [], ballot, 'after'),
  );
}

// Upright bars, one a value of the scale, with their counts. `top`: the count of a full bar.
export function columns(counts, ballot, tone, top = most(counts)) {
  const low = ballot && ballot.low !== undefined ? ballot.low : 1;
  return [
    h(
      'ol',
      { class: `columns ${tone}`, style: { '--bars': counts.length } },
      counts.map((n, i) =>
        h(
          'li',
          { class: n ? '' : 'none', style: { '--share': share(n, top) } },
          h('span', { class: 'bar' }, h('span', { class: 'bar-count' }, number(n))),
          h('span', { class: 'bar-value' }, low + i),
        ),
      ),
    ),
    ballot &&
      (ballot.low_label || ballot.high_label) &&
      h(
        'p',
        { class: 'chart-ends' },
        h('span', {}, say(ballot.low_label)),
        h('span', {}, say(ballot.high_label)),
      ),
  ];
}

// Lying bars, most chosen first; what nobody chose is named, so that the room sees who is missing.
export function choiceChart(result) {
  const options = [...(result.options || [])].sort((a, b) => b.count - a.count);
  const top = most(options.map((o) => o.count));
  const missing = new Set(result.nobody || []);
  const silent = options.filter((o) => missing.has(o.id));
  return h(
    'figure',
    { class: 'chart choice-chart' },
    h(
      'ol',
      { class: `bars${options.length > 9 ? ' two' : ''}` },
      options
        .filter((o) => !missing.has(o.id))
        .map((o) =>
          h(
            'li',
            { key: o.id, style: { '--share': o.shown === 0 ? 0 : share(o.count, top) } },
            h('span', { class: 'bar-text' }, say(o.title)),
            h('span', { class: 'bar' }),
            h('span', { class: 'bar-count' }, number(o.count || 0)),
          ),
        ),
    ),
    silent.length > 0 &&
      h(
        'p',
        { class: 'nobody' },
        'Nobody yet from ',
        silent.map((o, i) => [i ? ', ' : '', h('strong', {}, say(o.title))]),
      ),
    basis(result),
  );
}

// Before is hollow, after is solid: never by colour alone.
export function comparisonChart(comparison, ballot) {
  const { before, after } = comparison;
  const low = ballot && ballot.low !== undefined ? ballot.low : 1;
  const high = ballot && ballot.high !== undefined ? ballot.high : low + after.counts.length - 1;
  const change = comparison.mean_change;
  // Both halves in shares of their own people, on one height.
  const peak = Math.max(...[before, after].map((side) => share(most(side.counts), side.people)));
  return h(
    'figure',
    { class: 'chart comparison' },
    dumbbell(before, after, low, high, ballot),
    h(
      'div',
      { class: 'pair' },
      h(
        'div',
        { class: 'before' },
        h(
          'p',
          { class: 'pair-head' },
          h('span', { class: 'ring' }),
          `Before: ${before.mean}`,
          h('small', {}, ` ${count(before.people, 'person', 'people')}`),
        ),
        columns(before.counts, ballot, 'before', peak * before.people),
      ),
      h(
        'div',
        { class: 'after' },
        h(
          'p',
          { class: 'pair-head' },
          h('span', { class: 'disc' }),
          `Now: ${after.mean}`,
          h('small', {}, ` ${count(after.people, 'person', 'people')}`),
        ),
        columns(after.counts, ballot, 'after', peak * after.people),
      ),
    ),
    comparison.paired > 0 &&
      h(
        'p',
        { class: 'basis' },
        `Of the ${number(comparison.paired)} who answered both times, ` +
          `${number(comparison.up)} went up, ${number(comparison.same)} stayed, ` +
          `${number(comparison.down)} went down` +
          (change !== undefined ? `; mean change ${Number(change) > 0 ? '+' : ''}${change}.` : '.'),
      ),
    comparison.groups_differ &&
      h(
        'p',
        { class: 'basis note' },
        'More than a fifth of the people differ between the two times: compare with care.',
      ),
  );
}

// The two means on one scale. Drawn 1000 wide; the marks travel once, when the chart appears.
function dumbbell(before, after, low, high, ballot) {
  const x = (value) => 60 + 880 * ((Number(value) - low) / (high - low));
  const [xb, xa] = [x(before.mean), x(after.mean)];
  const gap = Math.abs(xa - xb);
  const close = gap < 180; // centred, the two figures would touch
  const inward = Math.min(30, gap / 2 - 14);
  const left = xa >= xb;
  const ticks = [];
  for (let value = low; value <= high; value++) ticks.push(value);
  const label = (mean, at, tone, first) =>
    h(
      'text',
      {
        class: `db-mean ${tone}`,
        x: at,
        y: 46,
        'text-anchor': close ? (first ? 'end' : 'start') : 'middle',
        dx: close ? (first ? inward : -inward) : 0,
      },
      mean,
    );
  return h(
    'svg',
    {
      class: 'dumbbell',
      viewBox: '0 0 1000 190',
      role: 'img',
      'aria-label': `Mean before ${before.mean}, now ${after.mean}, from ${low} to ${high}`,
    },
    h('line', { class: 'db-axis', x1: x(low), x2: x(high), y1: 100, y2: 100 }),
    ticks.map((value) => [
      h('line', { class: 'db-tick', x1: x(value), x2: x(value), y1: 91, y2: 109 }),
      h('text', { class: 'db-label', x: x(value), y: 146, 'text-anchor': 'middle' }, value),
    ]),
    h(
      'text',
      { class: 'db-end', x: x(low) - 20, y: 180, 'text-anchor': 'start' },
      say(ballot && ballot.low_label),
    ),
    h(
      'text',
      { class: 'db-end', x: x(high) + 20, y: 180, 'text-anchor': 'end' },
      say(ballot && ballot.high_label),
    ),
    h('line', {
      class: 'db-bar',
      x1: xb,
      x2: xa,
      y1: 100,
      y2: 100,
      style: { '--from': `${xb}px` },
    }),
    h('circle', { class: 'db-before', cx: xb, cy: 100, r: 20 }),
    h('circle', {
      class: 'db-after',
      cx: xa,
      cy: 100,
      r: 24,
      style: { '--travel': `${xb - xa}px` },
    }),
    label(before.mean, xb, 'before', left),
    label(after.mean, xa, 'after', !left),
  );
}

// The ideas by dots. A merged one carries a star, and beside it the number of different people.
export function dotsChart(items, { top = Infinity } = {}) {
  const shown = topRanks(items, top);
  const high = most(shown.map((i) => i.whole || i.dots)); // `whole`: while they race
  const starred = shown.some((i) => i.merged && i.merged.length);
  return h(
    'figure',
    { class: 'chart ranking dots-chart' },
    h(
      'ol',
      {},
      shown.map((item) =>
        h(
          'li',
          {
            key: item.id,
            class: rowClass(item, []),
            style: { '--share': share(item.dots, high) },
          },
          h('span', { class: 'rank' }, item.rank || ''),
          h('span', { class: 'name' }, numbered(say(item.title), item.number)),
          h('span', { class: 'bar' }),
          h(
            'span',
            { class: 'score' },
            number(item.dots || 0),
            item.merged && item.merged.length ? h('abbr', { title: 'merged' }, '*') : null,
          ),
          h(
            'span',
            { class: 'people' },
            item.people === undefined ? '' : count(item.people, 'person', 'people'),
          ),
        ),
      ),
    ),
    starred && h('p', { class: 'star' }, '* ideas merged: their dots added'),
  );
}

// A poster's number behind its title, never alone on a line.
function numbered(title, number_) {
  if (!number_) return title;
  const at = title.lastIndexOf(' ') + 1;
  const last = h('span', { class: 'together' }, title.slice(at), h('small', {}, number_));
  return [title.slice(0, at), last];
}

// The cards by total. `flag`: short of scores.
export function deckChart(items, { own = [], top = Infinity } = {}) {
  const ranked = (items || []).filter((i) => i.rank);
  const shown = topRanks(ranked, top);
  const high = most(shown.map((i) => Number(i.total)));
  return h(
    'figure',
    { class: 'chart ranking deck-chart' },
    h(
      'ol',
      {},
      shown.map((item) =>
        h(
          'li',
          {
            key: item.id,
            style: { '--share': share(Number(item.total), high) },
            class: rowClass(item, own),
          },
          h('span', { class: 'rank' }, item.rank),
          h(
            'span',
            { class: 'name' },
            say(item.title) || (item.number ? `Card ${item.number}` : '(text removed)'),
            own.includes(item.id) ? h('em', { class: 'yours' }, 'yours') : null,
          ),
          h('span', { class: 'bar' }),
          h('span', { class: 'score' }, item.total),
          h('span', { class: 'people' }, item.complete ? '' : count(item.scores || 0, 'score')),
        ),
      ),
    ),
    shown.some((i) => !i.complete) &&
      h('p', { class: 'star' }, 'With fewer scores than rounds: mean × rounds'),
  );
}

function rowClass(item, own) {
  const marks = [
    item.rank === 1 && 'first',
    own.includes(item.id) && 'own',
    item.veiled && 'veiled',
  ];
  return ['row', ...marks.filter(Boolean)].join(' ');
}

// The first `top` ranks, with everybody who ties at the cut.
export function topRanks(items, top) {
  return (items || []).filter((item, i) => i < top || item.rank <= top);
}
