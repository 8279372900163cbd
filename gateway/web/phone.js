// The phone's page: comes into the room, then shows one screen for what the room is doing now.
import { Voice } from './announce.js';
import { resultChart } from './charts.js';
import { h, patch } from './dom.js';
import { codeFromPath, tab, tokenFromLink } from './keep.js';
import { millScreen, scoreScreen, writeScreen } from './phone_deck.js';
import { enter, joinScreen, keepLinkToken } from './phone_join.js';
import { bigButton, fate, question, roundWords, screen } from './phone_parts.js';
import { Store } from './phone_store.js';
import { voteScreen } from './phone_vote.js';
import { count, isDeck, say, spaced } from './words.js';

const page = document.getElementById('app');
const strip = document.getElementById('strip');
const voice = new Voice(document.getElementById('voice'));
const PATIENCE_MS = 2500; // a connection may be away for so long before the strip says so

let join = { code: codeFromPath(), text: '', busy: false };
let store = null;
let shown = ''; // the screen on display
let spokenOf = ''; // the phase that was announced
let planned = false;

async function open(code, options) {
  join = { code, text: '', busy: true };
  render();
  const result = await enter(code, options);
  join = { code, text: result.text || '', busy: false };
  if (store) store.connection.stop();
  store = null;
  if (result.token) {
    if (codeFromPath() !== code) history.replaceState(null, '', `/r/${code}`);
    store = new Store({ code, token: result.token, changed });
  }
  render();
}

function changed(what) {
  if (what === 'stage') announcePhase();
  if (what === 'answer') announceAnswer();
  render();
}

// Many changes, one drawing.
function render() {
  if (planned) return;
  planned = true;
  requestAnimationFrame(() => {
    planned = false;
    draw();
  });
  setTimeout(() => {
    if (planned) {
      planned = false;
      draw();
    }
  }, 200); // a hidden page has no frames
}

function draw() {
  const next = currentScreen();
  const had = page.contains(document.activeElement);
  patch(page, next);
  const changedScreen = next.props.key !== shown;
  shown = next.props.key;
  if (changedScreen && had && !page.contains(document.activeElement)) {
    const heading = page.querySelector('h1');
    if (heading) heading.focus({ preventScroll: true });
  }
  if (changedScreen) window.scrollTo(0, 0);
  drawStrip();
  const title = store && store.stage && say(store.stage.room.title);
  document.title = title ? `${title} – plenum` : 'plenum';
}

// A thin strip, only when something is wrong.
function drawStrip() {
  const away = store && store.connection.awayMs() > PATIENCE_MS;
  const waiting = store ? store.outbox.all().length : 0;
  const saved = `${count(waiting, 'answer')} saved on this phone`;
  const text = !away
    ? store && store.connection.unrecorded.size
      ? `Not recorded yet. ${saved}, and sent again by itself.`
      : (store && store.trouble) || ''
    : waiting
      ? `No connection. ${saved}.`
      : 'No connection. Trying again.';
  strip.hidden = text === '';
  if (strip.textContent !== text) strip.textContent = text;
  if (store && store.trouble && !store.troubleTimer) {
    store.troubleTimer = setTimeout(() => {
      store.trouble = '';
      store.troubleTimer = 0;
      render();
    }, 8000);
  }
}

// --- which screen ---

function currentScreen() {
  if (!store) {
    return joinScreen(join, {
      onchange: (code) => {
        join = { ...join, code, text: '' };
        render();
      },
      onenter: open,
    });
  }
  if (store.link.state === 'ended') return endedScreen();
  if (!store.stage) return quietScreen('connecting-screen', 'Coming in …', '');
  const { now } = store;
  if (!now || now.phase === 'waiting') return waitingScreen();
  const live =
    now.result && now.phase !== 'revealed' && now.phase !== 'sealed'
      ? h(
          'section',
          { class: 'live-result', 'aria-label': 'So far' },
          resultChart(now.result, { ballot: now.ballot, top: 10 }),
        )
      : null;
  switch (now.phase) {
    case 'collecting':
      return now.collect && now.collect.who === 'everyone'
        ? writeScreen(store)
        : quietScreen(
            'listen-screen',
            say(now.title),
            'The tables are writing. Your turn comes after that.',
          );
    case 'voting':
      return voteScreen(store, live) || waitingScreen();
    case 'closing':
      return closingScreen(live);
    case 'swapping':
      return millScreen(store);
    case 'scoring':
      return scoreScreen(store);
    case 'closed':
      return closedScreen();
    case 'revealed':
    case 'sealed':
      return resultScreen();
    default:
      return waitingScreen();
  }
}

// A few seconds of grace: the screen stays, so that nobody is cut off in the middle.
function closingScreen(live) {
  if (isDeck(store.now)) return scoreScreen(store);
  return voteScreen(store, live) || writeScreen(store);
}

function quietScreen(name, title, text, foot) {
  return screen(name, {
    head: h('h1', { tabindex: '-1' }, title),
    body: text && h('p', { class: 'next' }, text),
    foot,
  });
}

function waitingScreen() {
  const { room, run = [] } = store.stage;
  const { now } = store;
  const after = now ? run.findIndex((a) => a.activity === now.activity) : -1;
  const next =
    now && now.phase === 'waiting' ? now : run.slice(after + 1).find((a) => a.phase === 'waiting');
  return screen('waiting-screen', {
    head: [
      h('p', { class: 'kicker' }, `Room ${spaced(room.code || store.code)}`),
      h('h1', { tabindex: '-1' }, say(room.title)),
    ],
    body: [
      h('p', { class: 'pulse', 'aria-hidden': 'true' }, h('span'), h('span'), h('span')),
      next
        ? h('p', { class: 'next' }, 'Next: ', h('strong', {}, say(next.title)))
        : h('p', { class: 'next' }, 'Nothing to answer just now.'),
      h('p', { class: 'hint' }, 'This page changes by itself.'),
    ],
    foot: countedLine(),
  });
}

function countedLine() {
  const n = store.countedActivities();
  return (
    n > 0 &&
    h(
      'p',
      { class: 'fate counted line' },
      h('span', { class: 'mark', 'aria-hidden': 'true' }, '✓'),
      n === 1 ? 'Your answer is counted.' : `Your answers in ${n} activities are counted.`,
    )
  );
}

function lastStatus() {
  const { now } = store;
  return (
    store.status(store.key('ballot')) ||
    (now.deal && now.round && store.status(store.key(`score/${now.round}`))) ||
    (store.mine.ballot && { state: 'counted' })
  );
}

function closedScreen() {
  const { now } = store;
  const { answered } = now.turnout || {};
  return screen('closed-screen', {
    head: question(store),
    body: [
      h('p', { class: 'next' }, isDeck(now) ? 'All rounds are done.' : 'Voting has closed.'),
      answered !== undefined &&
        !isDeck(now) && // there it would be of the last round only
        h(
          'p',
          { class: 'turnout' },
          h('strong', {}, answered),
          ` ${answered === 1 ? 'person' : 'people'} took part`,
        ),
      h('p', { class: 'hint' }, 'The result comes to this page when it is revealed.'),
    ],
    foot: fate(lastStatus()) || countedLine(),
  });
}

function resultScreen() {
  const { now, mine } = store;
  const own = (mine.contributions || []).map((c) => c.id);
  const merged =
    mine.ballot && mine.ballot.ballot && mine.ballot.ballot.kind === 'scale'
      ? h('p', { class: 'hint' }, `You said ${mine.ballot.ballot.value}.`)
      : null;
  return screen('result-screen', {
    head: [
      h('p', { class: 'kicker' }, say(now.title)),
      h('h1', { tabindex: '-1' }, say(now.prompt) || say(now.title)),
    ],
    body: now.result
      ? [resultChart(now.result, { ballot: now.ballot, own, top: 10 }), merged]
      : h('p', { class: 'next' }, 'This is over. Nothing was counted.'),
    foot: countedLine(),
  });
}

function endedScreen() {
  const { code, text } = store.link;
  const moved = code === 4001;
  return quietScreen(
    'ended-screen',
    moved ? 'Open somewhere else' : 'You are out of this room',
    text,
    bigButton(moved ? 'Use it here' : 'Join again', () => open(store.code, { again: !moved })),
  );
}

// --- for those who listen ---

function announcePhase() {
  const { now } = store;
  const mark = now ? `${now.activity}/${now.generation}/${now.phase}/${now.round || 0}` : 'none';
  if (mark === spokenOf) return;
  const first = spokenOf === '';
  spokenOf = mark;
  if (!now || first) return;
  if (now.phase === 'scoring' && navigator.vibrate) navigator.vibrate(200);
  const words = {
    waiting: `Next: ${say(now.title)}`,
    collecting: `${say(now.title)}: write now`,
    voting: `${say(now.title)}: voting is open`,
    closing: 'Voting is about to close',
    closed: 'Voting has closed',
    revealed: `Result: ${say(now.title)}`,
    sealed: '',
    swapping: now.deal ? `${roundWords(now)}: pass the cards` : '',
    scoring: 'Bell. Read your card and score it',
  }[now.phase];
  if (words) voice.say(words);
}

function announceAnswer() {
  if (!store.now) return;
  const status = lastStatus();
  if (status && status.state === 'problem') voice.say(status.text);
  else if (status && status.state === 'counted') voice.later('Your answer is counted');
}

setInterval(() => {
  if (!store) return;
  const left = store.timeLeft();
  voice.time(left);
  if (left !== null || store.link.state !== 'open') render();
}, 500);

const linked = tokenFromLink(tab, 'plenum.link');
if (linked && join.code) {
  tab.remove('plenum.link');
  keepLinkToken(join.code, linked);
}
if (join.code) open(join.code);
else render();
