// The presenter's page: shows the console view, and turns taps into commands. Every command says
// which stage it was pressed at, so that pressing twice, or two presenters at once, does it once.
import { Voice } from './announce.js';
import { Connection } from './connection.js';
import { h, patch } from './dom.js';
import { codeFromPath, tab, tokenFromLink } from './keep.js';
import { Outbox } from './outbox.js';
import { activityPanel, runSheet } from './presenter_panels.js';
import { roomPanel } from './presenter_room.js';
import { bigStep, seenOf, stepWords } from './presenter_steps.js';
import { count, say, setLanguages } from './words.js';

const PATIENCE_MS = 2500;
const ARMED_MS = 4000;
const HISTORY = 12;
const SETTLE_MS = 700; // a second tap on the big button must not do what it says next

const page = document.getElementById('app');
const strip = document.getElementById('strip');
const voice = new Voice(document.getElementById('voice'));
const token = tokenFromLink(tab, `plenum.presenter.${codeFromPath()}`);
const outbox = new Outbox(null, ''); // in this page only: yesterday's press must not come back

let view = null;
let role = '';
let selected = ''; // by hand; empty: what is on now
let history = [];
let trouble = '';
let copy = null; // how well the server is copied
const looks = new Map(); // activity -> result of an early look

const ui = {
  armed: '',
  chosen: new Set(),
  into: '',
  expected: null,
  copied: false,
  stage: null,
  means: '', // what the big button does, and when it may be tapped
  settledAt: 0,
  arm(id) {
    ui.armed = id;
    clearTimeout(ui.timer);
    ui.timer = setTimeout(() => {
      ui.armed = '';
      render();
    }, ARMED_MS);
    render();
  },
  disarm(act) {
    ui.armed = '';
    act();
    render();
  },
  choose(id) {
    if (!ui.chosen.delete(id)) ui.chosen.add(id);
    render();
  },
  setInto(id) {
    ui.into = id;
    render();
  },
  setExpected(text) {
    ui.expected = text;
    render();
  },
};

// --- commands ---

const act = {
  advance(a, to) {
    selected = '';
    issue(`${say(a.title)}: ${stepWords(a, to)}`, {
      type: 'activity.advance',
      activity: a.activity,
      seen: seenOf(a),
      to,
    });
  },
  restart(a) {
    issue(`${say(a.title)}: restart`, {
      type: 'activity.restart',
      activity: a.activity,
      seen: seenOf(a),
    });
  },
  extend(a, by) {
    issue(`${say(a.title)}: ${by > 0 ? 'one minute more' : 'one minute less'}`, {
      type: 'activity.extend',
      activity: a.activity,
      seen: seenOf(a),
      by_ms: by,
    });
  },
  look(a) {
    issue(`${say(a.title)}: early look`, { type: 'result.look', activity: a.activity });
  },
  merge(a, into, from) {
    ui.chosen.clear();
    issue(`Merge ${count(from.length + 1, 'idea')} into “${say(into.title)}”`, {
      type: 'items.merge',
      activity: a.activity,
      into: into.id,
      from: from.map((i) => i.id),
    });
  },
  unmerge(a, into) {
    issue(`Undo the merges into “${say(into.title)}”`, {
      type: 'items.unmerge',
      activity: a.activity,
      into: into.id,
    });
  },
  doors(locked, expected) {
    ui.expected = null;
    issue(`Doors ${locked ? 'locked' : 'open'}, ${count(expected, 'person', 'people')} expected`, {
      type: 'doors.set',
      locked,
      expected_people: expected,
    });
  },
  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      ui.copied = true;
    } catch (e) {
      trouble = 'This browser does not let the page copy. Select the link by hand.';
    }
    render();
    setTimeout(() => {
      ui.copied = false;
      trouble = '';
      render();
    }, 3000);
  },
};

function issue(text, command) {
  const id = connection.say(text, command);
  note(id, `${text} …`, false);
  render();
}

function note(id, text, bad) {
  const time = new Date().toTimeString().slice(0, 5);
  history = [{ id, time, text, bad }, ...history.filter((entry) => entry.id !== id)].slice(
    0,
    HISTORY,
  );
}

function onAnswer(entry, message) {
  const good =
    message.outcome === 'accepted' ||
    message.outcome === 'counted' ||
    message.outcome === 'duplicate';
  const same = message.outcome === 'ignored';
  note(
    entry.id,
    good
      ? entry.key
      : same
        ? `${entry.key}: it was so already`
        : `${entry.key}: ${message.text || message.outcome}`,
    !good && !same,
  );
  if (!good && !same) voice.say(message.text || 'This was refused.');
  if (message.result)
    looks.set(
      entry.command.activity,
      typeof message.result === 'string' ? JSON.parse(message.result) : message.result,
    );
  render();
}

// --- views ---

function onView(topic, data) {
  if (topic === 'stage') {
    setLanguages(data.room.languages);
    ui.stage = data;
  }
  if (topic === 'console') {
    for (const a of data.activities) {
      const before = view && view.activities.find((b) => b.activity === a.activity);
      if (before && (before.phase !== a.phase || before.generation !== a.generation)) {
        looks.delete(a.activity);
        if (a.activity === data.current) voice.say(`${say(a.title)}: ${a.phase}`);
      }
    }
    view = data;
  }
  render();
}

let planned = false;
function render() {
  if (planned) return;
  planned = true;
  requestAnimationFrame(() => {
    planned = false;
    draw();
  });
}

function draw() {
  const { link } = connection;
  const away = token && connection.awayMs() > PATIENCE_MS;
  const lost = 'No connection. What you press is kept and sent when it is back.';
  const later = connection.unrecorded.size
    ? 'Not recorded yet. What you pressed is kept, and sent again by itself.'
    : trouble;
  const text = link.state === 'ended' ? link.text : away ? lost : later;
  strip.hidden = !text;
  strip.textContent = text || '';
  patch(
    page,
    !token
      ? start('Open this page with the presenter’s link of the room.')
      : !view
        ? start('Opening the room …')
        : desk(),
  );
}

const start = (text) =>
  h('div', { key: 'start', class: 'start' }, h('h1', {}, 'plenum'), h('p', {}, text));

function desk() {
  const id = selected || view.current || (view.activities[0] && view.activities[0].activity);
  const a = view.activities.find((b) => b.activity === id);
  const big = bigStep(view, selected);
  const left = a && a.deadline_ms ? Math.max(0, a.deadline_ms - connection.now()) : null;
  const means = big ? `${big.a.activity}/${big.a.phase}/${big.a.round || 0}/${big.to}` : '';
  if (means !== ui.means) Object.assign(ui, { means, settledAt: Date.now() + SETTLE_MS });
  const waits = outbox.all().some((e) => e.command.type === 'activity.advance');
  const settles = Date.now() < ui.settledAt;
  if (settles) setTimeout(render, SETTLE_MS);
  document.title = `${say(view.room.title)} – presenter`;
  return h(
    'div',
    { key: 'desk', class: 'desk' },
    h(
      'header',
      { class: 'desk-head' },
      h('p', { class: 'desk-title' }, say(view.room.title)),
      h('p', {}, role),
    ),
    runSheet(view, id, (activity) => {
      selected = activity === view.current ? '' : activity;
      ui.chosen.clear();
      render();
    }),
    a
      ? activityPanel(a, { big, left, ui, act, role, look: looks.get(a.activity), waits, settles })
      : h('main', { class: 'now' }, h('p', {}, 'The run sheet is empty.')),
    roomPanel(view, { act, role, ui, history, copy }),
  );
}

const connection = new Connection({
  token,
  outbox,
  servers: { storage: tab, name: `plenum.presenter-server.${codeFromPath()}` },
  events: {
    link: render,
    later: render,
    copy(state) {
      copy = state;
      render();
    },
    welcome(message) {
      role = message.role;
    },
    view: onView,
    answer: onAnswer,
    trouble(text) {
      trouble = text;
      render();
      setTimeout(() => {
        trouble = '';
        render();
      }, 8000);
    },
  },
});
if (token) connection.start();
setInterval(render, 500);
draw();
