// The presenter's panels beside the activity: merging ideas, the room and its doors, what was done.
import { h } from './dom.js';
import { number, say, spaced } from './words.js';

export function smallButton(text, onclick, props = {}) {
  return h('button', { type: 'button', class: 'small', onclick, ...props }, text);
}

const nameOf = (item) => `${item.number ? `${item.number}. ` : ''}${say(item.title)}`;

// Items are chosen by hand, then merged into one of them.
export function mergePanel(a, ui, act) {
  const free = a.items.filter((i) => !i.merged_into);
  const chosen = free.filter((i) => ui.chosen.has(i.id));
  const rule =
    'Choose what is the same idea. The dots are added; no ballot is changed; it can be undone.';
  return h(
    'section',
    { class: 'panel merge' },
    h('h2', {}, 'Merge ideas'),
    h('p', { class: 'hint' }, rule),
    h(
      'ul',
      {},
      free.map((item) => mergeRow(a, item, ui, act)),
    ),
    chosen.length > 1 && mergeBar(a, chosen, ui, act),
  );
}

function mergeRow(a, item, ui, act) {
  const merged = a.items.filter((other) => other.merged_into === item.id);
  const checked = ui.chosen.has(item.id);
  const box = h('input', { type: 'checkbox', checked, onchange: () => ui.choose(item.id) });
  return h(
    'li',
    { key: item.id },
    h('label', {}, box, h('span', {}, nameOf(item))),
    merged.length > 0 &&
      h(
        'div',
        { class: 'merged' },
        h('span', {}, `with ${merged.map(nameOf).join('; ')}`),
        smallButton('Undo', () => act.unmerge(a, item)),
      ),
  );
}

function mergeBar(a, chosen, ui, act) {
  const into = chosen.find((i) => i.id === ui.into) || chosen[0];
  const others = chosen.filter((i) => i !== into);
  const choices = chosen.map((i) => h('option', { key: i.id, value: i.id }, nameOf(i)));
  const onchange = (event) => ui.setInto(event.target.value);
  return h(
    'div',
    { class: 'merge-bar' },
    h('label', {}, h('span', {}, 'Into '), h('select', { value: into.id, onchange }, choices)),
    smallButton(`Merge ${chosen.length} ideas`, () => act.merge(a, into, others), {
      class: 'small strong',
    }),
  );
}

// What happens if the server's machine dies.
function copyLine(copy) {
  if (!copy) return null;
  const words = !copy.connected
    ? 'No copy: this room is on one disk only.'
    : copy.behind
      ? `Copy: ${(copy.behind_ms / 1000).toFixed(1)} s behind.`
      : 'Copy: in step.';
  return h('p', { class: copy.connected ? 'hint copy' : 'hint copy alone' }, words);
}

export function roomPanel(view, { act, role, ui, history, copy }) {
  const { room } = view;
  const link = `${location.origin}/r/${room.code}`;
  const expected = room.expected ? ` of ${number(room.expected)} expected are in` : ' are in';
  return h(
    'aside',
    { class: 'room' },
    h(
      'section',
      { class: 'panel' },
      h('h2', {}, 'Room'),
      h('p', { class: 'room-code' }, spaced(room.code)),
      h('p', {}, h('strong', {}, number(room.joined || 0)), expected),
      role !== 'moderator' && doors(room, ui, act),
      copyLine(copy),
    ),
    h(
      'section',
      { class: 'panel' },
      h('h2', {}, 'Links'),
      h('p', { class: 'hint' }, 'For phones'),
      h('p', { class: 'link' }, h('a', { href: link, target: '_blank', rel: 'noopener' }, link)),
      smallButton(ui.copied ? 'Copied' : 'Copy', () => act.copy(link)),
    ),
    h(
      'section',
      { class: 'panel' },
      h('h2', {}, 'Done'),
      history.length === 0 && h('p', { class: 'hint' }, 'Nothing yet.'),
      h('ol', { class: 'history' }, history.map(historyRow)),
    ),
  );
}

function doors(room, ui, act) {
  const locked = room.doors === 'locked';
  const unset = ui.expected === null || ui.expected === '';
  return [
    h(
      'div',
      { class: 'expected' },
      h('label', { for: 'expected' }, 'Expected'),
      h('input', {
        id: 'expected',
        type: 'number',
        min: 0,
        max: 100000,
        value: ui.expected !== null ? ui.expected : String(room.expected || 0),
        oninput: (event) => ui.setExpected(event.target.value),
      }),
      smallButton('Set', () => act.doors(locked, Number(ui.expected)), { disabled: unset }),
    ),
    smallButton(locked ? 'Open the doors' : 'Lock the doors', () =>
      act.doors(!locked, room.expected || 0),
    ),
    locked && h('p', { class: 'hint' }, 'Nobody new can join. Who is in stays in.'),
  ];
}

function historyRow(entry) {
  const time = h('time', {}, entry.time);
  return h('li', { key: entry.id, class: entry.bad ? 'bad' : '' }, time, h('span', {}, entry.text));
}
