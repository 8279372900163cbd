// The presenter's panels: the run sheet, the activity in hand, merging, the room.
import { resultChart } from './charts.js';
import { h } from './dom.js';
import { isDone, isRunning, otherSteps, phaseWords, stepWords } from './presenter_steps.js';
import { clockFace, count, number, say, spaced, timeWords } from './words.js';

const chip = (a) => h('span', { class: `chip ${a.phase}` }, phaseWords(a));

export function runSheet(view, selected, onselect) {
  return h('nav', { class: 'run-sheet', 'aria-label': 'Run sheet' }, h('h2', {}, 'Run sheet'), h('ol', {},
    view.activities.map((a) => h('li', { key: a.activity },
      h('button', { type: 'button', class: a.activity === view.current ? 'entry current' : 'entry',
        'aria-pressed': a.activity === selected ? 'true' : 'false', onclick: () => onselect(a.activity) },
      h('span', { class: 'entry-title' }, say(a.title) || a.activity),
      h('span', { class: 'entry-line' }, chip(a),
        a.phase !== 'waiting' && a.turnout ? h('span', {}, `${number(a.turnout.answered)} of ${number(a.turnout.of)}`) : null,
        a.late > 0 ? h('span', { class: 'late' }, `${a.late} late`) : null,
        a.result_status === 'disputed' ? h('span', { class: 'late' }, 'disputed') : null))))));
}

// A button that asks for a second tap. `armed` is the id of the one that waits for it.
export function careful(ui, id, text, again, act, { disabled = false } = {}) {
  const waits = ui.armed === id;
  return h('button', { key: id, type: 'button', class: waits ? 'small armed' : 'small', disabled,
    onclick: () => (waits ? ui.disarm(act) : ui.arm(id)) }, waits ? again : text);
}

export function activityPanel(a, { big, left, ui, act, role, look, pending }) {
  const runs = role !== 'moderator';
  return h('main', { class: 'now' },
    h('div', { class: 'now-head' }, chip(a), h('h1', {}, say(a.title) || a.activity)),
    h('div', { class: 'figures' }, turnout(a), left !== null && timer(a, left, act, runs)),
    runs && bigButton(big, pending, act),
    runs && h('div', { class: 'more' }, steps(a, big, ui, act), !a.result && a.phase !== 'waiting'
      && careful(ui, `look/${a.activity}`, 'Early look', 'Tap again: the look will be recorded', () => act.look(a)),
    a.generation > 0 && a.phase !== 'waiting' && a.phase !== 'sealed' && careful(ui, `restart/${a.activity}`, 'Restart',
      'Tap again: all answers of this run are set aside', () => act.restart(a))),
    a.deck && a.phase !== 'waiting' ? deckLine(a) : null,
    a.result ? h('section', { class: 'panel' }, h('h2', {}, 'Result'), resultChart(a.result, { ballot: ballotOf(a, ui) })) : null,
    !a.result && look ? h('section', { class: 'panel look' }, h('h2', {}, 'Early look, in the record'), resultChart(look, { ballot: ballotOf(a, ui) })) : null,
    a.items && a.items.length > 1 && a.phase !== 'waiting' && a.phase !== 'sealed' && mergePanel(a, ui, act));
}

const ballotOf = (a, ui) => (ui.stage && ui.stage.now && ui.stage.now.activity === a.activity ? ui.stage.now.ballot : undefined);

function bigButton(big, pending, act) {
  if (!big) return h('p', { class: 'all-done' }, 'Everything on the run sheet is done.');
  return h('div', { class: 'big-place' },
    h('button', { type: 'button', class: 'big', disabled: pending, onclick: () => act.advance(big.a, big.to) }, pending ? 'One moment …' : big.text),
    h('p', { class: 'hint' }, big.hint));
}

function turnout(a) {
  const { answered = 0, of = 0 } = a.turnout || {};
  return h('div', { class: 'turnout', style: { '--share': of ? Math.min(1, answered / of) : 0 } },
    h('p', {}, h('strong', {}, number(answered)), ` of ${number(of)} ${isRunning(a) ? 'are in' : 'answered'}`, a.late > 0 ? h('span', { class: 'late' }, ` · ${a.late} too late`) : null),
    h('span', { class: 'meter' }));
}

function timer(a, left, act, runs) {
  const minute = (sign) => h('button', { type: 'button', class: 'small', 'aria-label': sign > 0 ? 'One minute more' : 'One minute less',
    onclick: () => act.extend(a, sign * 60000) }, sign > 0 ? '+ 1 min' : '− 1 min');
  return h('div', { class: left <= 10000 ? 'timer soon' : 'timer' }, h('p', { role: 'timer', 'aria-label': timeWords(left) }, clockFace(left)), runs && [minute(-1), minute(1)]);
}

function steps(a, big, ui, act) {
  return otherSteps(a, big).map((to) => {
    const words = stepWords(a, to);
    if (to === 'sealed' || isDone(a)) return careful(ui, `${a.activity}/${to}`, words, `Tap again: ${words.toLowerCase()}`, () => act.advance(a, to));
    return h('button', { key: `${a.activity}/${to}`, type: 'button', class: 'small', onclick: () => act.advance(a, to) }, words);
  });
}

function deckLine(a) {
  const { cards, present, short } = a.deck;
  return h('p', { class: 'deck-line' }, `${count(cards, 'card')}, ${count(present, 'person', 'people')} present`
    + (a.round >= a.rounds && short > 0 ? `, ${count(short, 'card')} still short of scores` : ''));
}

function mergePanel(a, ui, act) {
  const free = a.items.filter((i) => !i.merged_into);
  const chosen = free.filter((i) => ui.chosen.has(i.id));
  const into = chosen.find((i) => i.id === ui.into) || chosen[0];
  const name = (i) => `${i.number ? `${i.number}. ` : ''}${say(i.title)}`;
  return h('section', { class: 'panel merge' }, h('h2', {}, 'Merge ideas'),
    h('p', { class: 'hint' }, 'Choose what is the same idea. The dots are added; no ballot is changed; it can be undone.'),
    h('ul', {}, free.map((i) => {
      const merged = a.items.filter((j) => j.merged_into === i.id);
      return h('li', { key: i.id }, h('label', {}, h('input', { type: 'checkbox', checked: ui.chosen.has(i.id), onchange: () => ui.choose(i.id) }), h('span', {}, name(i))),
        merged.length > 0 && h('div', { class: 'merged' }, h('span', {}, `with ${merged.map(name).join('; ')}`),
          h('button', { type: 'button', class: 'small', onclick: () => act.unmerge(a, i) }, 'Undo')));
    })),
    chosen.length > 1 && h('div', { class: 'merge-bar' },
      h('label', {}, h('span', {}, 'Into '), h('select', { value: into.id, onchange: (event) => ui.setInto(event.target.value) },
        chosen.map((i) => h('option', { key: i.id, value: i.id }, name(i))))),
      h('button', { type: 'button', class: 'small strong', onclick: () => act.merge(a, into, chosen.filter((i) => i !== into)) }, `Merge ${chosen.length} ideas`)));
}

export function roomPanel(view, { act, role, ui, history }) {
  const { room } = view;
  const locked = room.doors === 'locked';
  const link = `${location.origin}/r/${room.code}`;
  return h('aside', { class: 'room' },
    h('section', { class: 'panel' }, h('h2', {}, 'Room'),
      h('p', { class: 'room-code' }, spaced(room.code)),
      h('p', {}, h('strong', {}, number(room.joined || 0)), room.expected ? ` of ${number(room.expected)} expected are in` : ' are in'),
      role !== 'moderator' && [
        h('label', { class: 'expected' }, h('span', {}, 'Expected'), h('input', { type: 'number', min: 0, max: 100000, inputmode: 'numeric',
          value: ui.expected !== null ? ui.expected : String(room.expected || 0), oninput: (event) => ui.setExpected(event.target.value) }),
        h('button', { type: 'button', class: 'small', disabled: ui.expected === null || ui.expected === '', onclick: () => act.doors(locked, Number(ui.expected)) }, 'Set')),
        h('button', { type: 'button', class: 'small', onclick: () => act.doors(!locked, room.expected || 0) }, locked ? 'Open the doors' : 'Lock the doors'),
        locked && h('p', { class: 'hint' }, 'Nobody new can join. Who is in stays in.')]),
    h('section', { class: 'panel' }, h('h2', {}, 'Links'),
      h('p', { class: 'hint' }, 'For phones'),
      h('p', { class: 'link' }, h('a', { href: link, target: '_blank', rel: 'noopener' }, link)),
      h('button', { type: 'button', class: 'small', onclick: () => act.copy(link) }, ui.copied ? 'Copied' : 'Copy')),
    h('section', { class: 'panel' }, h('h2', {}, 'Done'), history.length === 0 && h('p', { class: 'hint' }, 'Nothing yet.'),
      h('ol', { class: 'history' }, history.map((entry) => h('li', { key: entry.id, class: entry.bad ? 'bad' : '' },
        h('time', {}, entry.time), h('span', {}, entry.text))))));
}
