// The big screen: watches the room, and never says anything itself. When it is cut off it keeps its
// last frame, with a small mark.
import { Voice } from './announce.js';
import { Connection } from './connection.js';
import { revealAt, revealLength } from './display_reveal.js';
import { TOP } from './display_result.js';
import { stageScreen } from './display_stage.js';
import { h, moving, patch, reducedMotion } from './dom.js';
import { codeFromPath, local, tokenFromLink } from './keep.js';
import { Outbox } from './outbox.js';
import { isOpen, say, setLanguages } from './words.js';

const REST_MS = 250; // between drawings of the same screen
const MOVE_REST_MS = 500; // between moves of rows
const PATIENCE_MS = 3000; // cut off for so long before the mark appears

const page = document.getElementById('app');
const voice = new Voice(document.getElementById('voice'));
const token = tokenFromLink(local, `plenum.display.${codeFromPath()}`);

let stage = null;
let connection = null;
let drawnAt = 0;
let drawnKey = '';
let timer = 0;
let reveal = { of: '', since: 0 };
let whole = { of: '', ms: 0 };

function onView(topic, data) {
  if (topic !== 'stage') return;
  const before = stage;
  stage = data;
  setLanguages(data.room.languages, []);
  noteReveal(before && before.now, data.now, !before);
  plan();
}

// A result that comes while we look is revealed; one that was there is simply shown.
function noteReveal(before, now, first) {
  const of = now && now.result ? `${now.activity}/${now.generation}` : '';
  if (of === reveal.of) return;
  const watched = before && now && before.activity === now.activity && !first;
  const still = !watched || reducedMotion() || isOpen(now.phase);
  reveal = { of, since: still ? 0 : Date.now() };
  if (of) voice.say(`Result: ${say(now.title)}`);
}

function timeNow() {
  const { now } = stage;
  if (!now || !now.deadline_ms) return { left: null, whole: 0 };
  const left = now.deadline_ms - connection.now();
  const of = `${now.activity}/${now.generation}/${now.phase}/${now.round || 0}`;
  whole = { of, ms: whole.of === of ? Math.max(whole.ms, left) : left };
  return { left: Math.max(0, left), whole: whole.ms };
}

// Draws now if the last drawing has rested, else as soon as it has.
function plan() {
  clearTimeout(timer);
  const wait = Math.max(0, drawnAt + rest() - Date.now());
  timer = setTimeout(draw, wait);
}

function rest() {
  const { now } = stage || {};
  const key = now ? `${now.activity}/${now.phase}/${now.round || 0}/${!!now.result}` : '';
  if (key !== drawnKey) return 0;
  return now && now.result ? MOVE_REST_MS : REST_MS;
}

function draw() {
  drawnAt = Date.now();
  const { now } = stage || {};
  drawnKey = now ? `${now.activity}/${now.phase}/${now.round || 0}/${!!now.result}` : '';
  moving(page, '.ranking .row', () => patch(page, [screen(), mark()]));
  const left = stage && now && now.deadline_ms ? now.deadline_ms - connection.now() : null;
  voice.time(left);
  const revealing =
    now && now.result && Date.now() - reveal.since < revealLength(now.result, TOP) + MOVE_REST_MS;
  if (revealing)
    timer = setTimeout(
      draw,
      now.result.kind === 'scale' || now.result.kind === 'choice' ? 80 : MOVE_REST_MS / 2,
    );
  else if (left !== null && left > -1000) timer = setTimeout(draw, REST_MS);
}

function screen() {
  if (!stage) {
    return h(
      'section',
      { key: 'start', class: 'frame dark start' },
      h(
        'div',
        { class: 'content' },
        h('h1', {}, 'plenum'),
        h(
          'p',
          { class: 'lead' },
          token ? 'Opening the room …' : 'Open this display with its link from the room.',
        ),
      ),
    );
  }
  const { now } = stage;
  const result = now && now.result && revealAt(now.result, Date.now() - reveal.since, TOP);
  return stageScreen(stage, { time: timeNow(), result });
}

function mark() {
  const link = connection && connection.link;
  const ended = link && link.state === 'ended';
  if (!ended && (!stage || connection.awayMs() < PATIENCE_MS)) return null;
  const text = ended ? link.text : 'holding';
  return h('p', { key: 'mark', class: 'cut-off' }, h('span', { 'aria-hidden': 'true' }), text);
}

function onLink() {
  plan();
  if (connection && connection.awayMs() > 0) setTimeout(plan, PATIENCE_MS + 50);
}

// Keeps the projector's computer awake, where the browser can.
async function stayAwake() {
  try {
    if (navigator.wakeLock && document.visibilityState === 'visible')
      await navigator.wakeLock.request('screen');
  } catch (e) {
    /* battery saver: the room's computer decides */
  }
}

document.addEventListener('visibilitychange', stayAwake);
document.addEventListener('dblclick', () => {
  if (document.fullscreenElement) document.exitFullscreen();
  else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen();
});

if (token) {
  connection = new Connection({
    token,
    outbox: new Outbox(null, ''),
    servers: { storage: local, name: `plenum.display-server.${codeFromPath()}` },
    events: { link: onLink, welcome: () => {}, view: onView, answer: () => {} },
  });
  connection.start();
  stayAwake();
}
draw();
