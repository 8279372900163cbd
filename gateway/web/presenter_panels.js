// The presenter's panels: the run sheet, and the activity in hand.
import { resultChart } from './charts.js';
import { h } from './dom.js';
import { mergePanel, smallButton } from './presenter_room.js';
import { isDone, isRunning, otherSteps, phaseWords, stepWords } from './presenter_steps.js';
import { clockFace, count, number, say, spaced, timeWords } from './words.js';

const chip = (a) => h('span', { class: `chip ${a.phase}` }, phaseWords(a));

export function runSheet(view, selected, onselect) {
  return h(
    'nav',
    { class: 'run-sheet', 'aria-label': 'Run sheet' },
    h('h2', {}, 'Run sheet'),
    h(
      'ol',
      {},
      view.activities.map((a) =>
        h(
          'li',
          { key: a.activity },
          h(
            'button',
            {
              type: 'button',
              class: a.activity === view.current ? 'entry current' : 'entry',
              'aria-pressed': a.activity === selected ? 'true' : 'false',
              onclick: () => onselect(a.activity),
            },
            h('span', { class: 'entry-title' }, say(a.title) || a.activity),
            h(
              'span',
              { class: 'entry-line' },
              chip(a),
              a.phase !== 'waiting' && a.turnout
                ? h('span', {}, `${number(a.turnout.answered)} of ${number(a.turnout.of)}`)
                : null,
              a.late > 0 ? h('span', { class: 'late' }, `${a.late} late`) : null,
              a.result_status === 'disputed' ? h('span', { class: 'late' }, 'disputed') : null,
            ),
          ),
        ),
      ),
    ),
  );
}

// A button that asks for a second tap. `armed` is the id of the one that waits for it.
export function careful(ui, id, text, again, act, { disabled = false } = {}) {
  const waits = ui.armed === id;
  return h(
    'button',
    {
      key: id,
      type: 'button',
      class: waits ? 'small armed' : 'small',
      disabled,
      onclick: () => (waits ? ui.disarm(act) : ui.arm(id)),
    },
    waits ? again : text,
  );
}

export function activityPanel(a, { big, left, ui, act, role, look, waits, settles }) {
  const runs = role !== 'moderator';
  return h(
    'main',
    { class: 'now' },
    h('div', { class: 'now-head' }, chip(a), h('h1', {}, say(a.title) || a.activity)),
    h('div', { class: 'figures' }, turnout(a), left !== null && timer(a, left, act, runs)),
    runs && bigButton(big, { waits, settles }, act),
    runs &&
      h(
        'div',
        { class: 'more' },
        steps(a, big, ui, act),
        !a.result &&
          a.phase !== 'waiting' &&
          careful(
            ui,
            `look/${a.activity}`,
            'Early look',
            'Tap again: the look will be recorded',
            () => act.look(a),
          ),
        a.generation > 0 &&
          a.phase !== 'waiting' &&
          a.phase !== 'sealed' &&
          careful(
            ui,
            `restart/${a.activity}`,
            'Restart',
            'Tap again: all answers of this run are set aside',
            () => act.restart(a),
          ),
      ),
    a.deck && a.phase !== 'waiting' ? deckLine(a) : null,
    a.result
      ? h(
          'section',
          { class: 'panel' },
          h('h2', {}, 'Result'),
          resultChart(a.result, { ballot: ballotOf(a, ui), top: 20 }),
        )
      : null,
    !a.result && look
      ? h(
          'section',
          { class: 'panel look' },
          h('h2', {}, 'Early look, in the record'),
          resultChart(look, { ballot: ballotOf(a, ui) }),
        )
      : null,
    a.items &&
      a.items.length > 1 &&
      a.phase !== 'waiting' &&
      a.phase !== 'sealed' &&
      mergePanel(a, ui, act),
  );
}

const ballotOf = (a, ui) =>
  ui.stage && ui.stage.now && ui.stage.now.activity === a.activity
    ? ui.stage.now.ballot
    : undefined;

function bigButton(big, { waits, settles }, act) {
  if (!big) return h('p', { class: 'all-done' }, 'Everything on the run sheet is done.');
  return h(
    'div',
    { class: 'big-place' },
    h(
      'button',
      {
        type: 'button',
        class: 'big',
        disabled: waits || settles,
        onclick: () => act.advance(big.a, big.to),
      },
      waits ? 'One moment …' : big.text,
    ),
    h('p', { class: 'hint' }, big.hint),
  );
}

function turnout(a) {
  const { answered = 0, of = 0 } = a.turnout || {};
  return h(
    'div',
    { class: 'turnout', style: { '--share': of ? Math.min(1, answered / of) : 0 } },
    h(
      'p',
      {},
      h('strong', {}, number(answered)),
      ` of ${number(of)} ${isRunning(a) ? 'are in' : 'answered'}`,
      a.late > 0 ? h('span', { class: 'late' }, ` · ${a.late} too late`) : null,
    ),
    h('span', { class: 'meter' }),
  );
}

function timer(a, left, act, runs) {
  const minute = (sign) =>
    h(
      'button',
      {
        type: 'button',
        class: 'small',
        onclick: () => act.extend(a, sign * 60000),
      },
      sign > 0 ? '+ 1 min' : '− 1 min',
    );
  return h(
    'div',
    { class: left <= 10000 ? 'timer soon' : 'timer' },
    h('p', { role: 'timer', 'aria-label': timeWords(left) }, clockFace(left)),
    runs && [minute(-1), minute(1)],
  );
}

// What ends something early, or for good, asks for a second tap.
function steps(a, big, ui, act) {
  return otherSteps(a, big).map((to) => {
    const words = stepWords(a, to);
    const id = `${a.activity}/${to}`;
    const take = () => act.advance(a, to);
    const grave = to === 'sealed' || isDone(a) || a.phase === 'scoring';
    if (grave) return careful(ui, id, words, `Tap again: ${words.toLowerCase()}`, take);
    return smallButton(words, take, { key: id });
  });
}

function deckLine(a) {
  const { cards, present, short } = a.deck;
  return h(
    'p',
    { class: 'deck-line' },
    `${count(cards, 'card')}, ${count(present, 'person', 'people')} present` +
      (a.round >= a.rounds && short > 0 ? `, ${count(short, 'card')} still short of scores` : ''),
  );
}
