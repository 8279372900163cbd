// The phone's screens for ballots: choice, scale, dots.
import { h } from './dom.js';
import { screen, clock, question, scaleInput, sendBar } from './phone_parts.js';
import { say } from './words.js';

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

export function voteScreen(store, extra) {
  const kind = store.now.ballot && store.now.ballot.kind;
  const build = { choice: choiceScreen, scale: scaleScreen, dots: dotsScreen }[kind];
  return build ? build(store, extra) : null;
}

// What all ballots share: the value to show, whether it is new, and sending it.
function ballotState(store) {
  const key = store.key('ballot');
  const known = store.mine.ballot;
  const said = store.said(key, known);
  const draft = store.draft(key);
  const ballot = draft !== undefined ? draft : said;
  return {
    ballot,
    already: said !== undefined,
    dirty: draft !== undefined && !same(draft, said),
    status: store.status(key),
    put: (value) => store.setDraft(key, value),
    send: () => store.cast(key, ballot, known && known.seq),
  };
}

function scaleScreen(store, extra) {
  const { now } = store;
  const { low, high, low_label: lowLabel, high_label: highLabel } = now.ballot;
  const state = ballotState(store);
  return screen('scale-screen', {
    head: [clock(store.timeLeft()), question(store)],
    body: [
      scaleInput({
        name: store.key('scale'),
        low,
        high,
        lowLabel: say(lowLabel),
        highLabel: say(highLabel),
        legend: `From ${low} to ${high}`,
        value: state.ballot && state.ballot.value,
        onpick: (value) => state.put({ kind: 'scale', value }),
      }),
      extra,
    ],
    foot: sendBar(state.status, { ...state, ready: !!state.ballot, onsend: state.send }),
  });
}

function choiceScreen(store, extra) {
  const { now } = store;
  const { min = 1, max = 1 } = now.ballot;
  const options = now.shuffle_items
    ? store.shuffled(now.ballot.options, now.activity)
    : now.ballot.options;
  const state = ballotState(store);
  const chosen = (state.ballot && state.ballot.options) || [];
  const one = max === 1;
  const pick = (id, on) =>
    state.put({
      kind: 'choice',
      options: one
        ? [id]
        : options.map((o) => o.id).filter((o) => (o === id ? on : chosen.includes(o))),
    });
  const full = !one && chosen.length >= max;
  const hint = one
    ? ''
    : full
      ? `You have chosen ${max}.`
      : `Choose ${min === max ? max : `up to ${max}`}; ${chosen.length} chosen.`;
  return screen('choice-screen', {
    head: [clock(store.timeLeft()), question(store)],
    body: [
      h(
        'fieldset',
        { class: 'options' },
        h('legend', { class: 'quiet' }, say(now.prompt) || say(now.title)),
        options.map((o) =>
          h(
            'label',
            { key: o.id, class: 'option' },
            h('input', {
              type: one ? 'radio' : 'checkbox',
              name: store.key('choice'),
              value: o.id,
              checked: chosen.includes(o.id),
              disabled: full && !chosen.includes(o.id),
              onchange: (event) => pick(o.id, event.target.checked),
            }),
            h('span', {}, say(o.title)),
          ),
        ),
      ),
      extra,
    ],
    foot: sendBar(state.status, {
      ...state,
      hint,
      onsend: state.send,
      ready: chosen.length >= min && chosen.length <= max,
    }),
  });
}

// The items, and onto which each has been merged: dots on a merged one count for the other.
function dotRows(store) {
  const items = store.now.items || [];
  const ordered = store.now.shuffle_items ? store.shuffled(items, store.now.activity) : items;
  const wanted = (store.find || '').trim().toLowerCase();
  if (!wanted) return ordered;
  return ordered.filter(
    (i) =>
      String(i.number) === wanted ||
      say(i.title).toLowerCase().includes(wanted) ||
      say(i.detail).toLowerCase().includes(wanted),
  );
}

function dotsScreen(store, extra) {
  const { now } = store;
  const { budget, cap } = now.ballot;
  const state = ballotState(store);
  const placed = new Map(((state.ballot && state.ballot.dots) || []).map((d) => [d.item, d.dots]));
  const used = [...placed.values()].reduce((a, b) => a + b, 0);
  const left = budget - used;
  const set = (id, dots) => {
    const next = new Map(placed);
    if (dots > 0) next.set(id, dots);
    else next.delete(id);
    state.put({
      kind: 'dots',
      dots: [...next]
        .map(([item, n]) => ({ item, dots: n }))
        .sort((a, b) => (a.item < b.item ? -1 : 1)),
    });
  };
  const rows = dotRows(store);
  const items = now.items || [];
  return screen('dots-screen', {
    head: [clock(store.timeLeft()), question(store), purse(budget, left)],
    body: [
      items.length > 8 &&
        h(
          'label',
          { class: 'find' },
          h('span', {}, 'Find by number or word'),
          h('input', {
            type: 'search',
            value: store.find || '',
            autocomplete: 'off',
            oninput: (event) => {
              store.find = event.target.value;
              store.changed('find');
            },
          }),
        ),
      h(
        'ul',
        { class: 'dot-rows' },
        rows.map((item) =>
          dotRow(item, items, placed.get(item.id) || 0, { left, cap: cap || budget, set }),
        ),
      ),
      rows.length === 0 && h('p', { class: 'hint' }, 'No idea has this number or word.'),
      extra,
    ],
    foot: sendBar(state.status, {
      ...state,
      ready: true,
      onsend: state.send,
      verb: 'Send my dots',
      again: 'Send my dots again',
    }),
  });
}

function purse(budget, left) {
  const dots = [];
  for (let i = 0; i < budget && budget <= 12; i++)
    dots.push(h('span', { class: i < left ? 'dot' : 'dot spent' }));
  return h(
    'p',
    { class: 'purse' },
    h('span', { class: 'dots', 'aria-hidden': 'true' }, dots),
    h('strong', {}, `${left} left`),
  );
}

function dotRow(item, items, dots, { left, cap, set }) {
  const title = say(item.title);
  const into = item.merged_into && items.find((i) => i.id === item.merged_into);
  const more = left > 0 && dots < cap;
  return h(
    'li',
    { key: item.id, class: dots ? 'dot-row has' : 'dot-row' },
    item.number
      ? h('span', { class: 'poster' }, h('span', { class: 'quiet' }, 'Number '), item.number)
      : null,
    h(
      'div',
      { class: 'idea' },
      h('p', { class: 'idea-title' }, title),
      item.detail ? h('p', { class: 'idea-detail' }, say(item.detail)) : null,
      into &&
        h(
          'p',
          { class: 'idea-detail' },
          `Joined with ${into.number ? `${into.number}, ` : ''}${say(into.title)}`,
        ),
    ),
    h(
      'div',
      { class: 'stepper' },
      h(
        'button',
        {
          type: 'button',
          class: 'step',
          'aria-label': `One dot less on ${title}`,
          disabled: dots === 0,
          onclick: () => set(item.id, dots - 1),
        },
        '−',
      ),
      h('output', { class: 'held', 'aria-label': `${dots} on ${title}` }, dots),
      h(
        'button',
        {
          type: 'button',
          class: 'step',
          'aria-label': `One dot more on ${title}`,
          disabled: !more,
          onclick: () => set(item.id, dots + 1),
        },
        '+',
      ),
    ),
  );
}
