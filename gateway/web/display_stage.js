// The display's screens: what the big screen shows for what the room is doing.
import { resultScreen } from './display_result.js';
import { h } from './dom.js';
import { frame, headline, joinUrl, ring, turnoutBand, verbOf } from './display_parts.js';
import { qrCode } from './qr.js';
import { number, say, spaced } from './words.js';

const NAMES = 20; // more than this cannot be read at 20 m
const POSTERS = 14; // they are longer

// `time`: {left, whole}; `result`: the result as far as it is revealed.
export function stageScreen(stage, { time, result }) {
  const { now, run = [] } = stage;
  if (!now) return run.some((a) => a.phase !== 'waiting') ? pauseScreen(stage) : lobbyScreen(stage);
  if (result) return resultScreen(stage, result);
  switch (now.phase) {
    case 'waiting':
      return run.some((a) => a.phase !== 'waiting') ? comingScreen(stage, now) : lobbyScreen(stage);
    case 'swapping':
      return millScreen(stage, time);
    case 'scoring':
      return scoreScreen(stage, time);
    case 'closing':
      return now.deal ? scoreScreen(stage, time) : askScreen(stage, time);
    case 'closed':
      return closedScreen(stage);
    case 'revealed':
    case 'sealed':
      return pauseScreen(stage);
    default:
      return askScreen(stage, time);
  }
}

// While people come in: the code full screen.
function lobbyScreen(stage) {
  const { room, run = [] } = stage;
  const next = run.find((a) => a.phase === 'waiting');
  return frame(
    'lobby',
    {
      stage,
      tone: 'dark',
      corner: '',
      band: turnoutBand({ answered: room.joined || 0, of: room.expected }, 'are here'),
    },
    h(
      'div',
      { class: 'lobby-words' },
      h('h1', {}, say(room.title)),
      h('p', { class: 'join-at' }, 'Join with your phone at'),
      h('p', { class: 'address' }, location.host),
      h('p', { class: 'join-at' }, 'and enter'),
      h('p', { class: 'digits', 'aria-label': `Code ${room.code}` }, spaced(room.code)),
      next && h('p', { class: 'first-up' }, 'First: ', say(next.title)),
    ),
    h('div', { class: 'lobby-qr' }, qrCode(joinUrl(room.code), `Join: ${joinUrl(room.code)}`)),
  );
}

function comingScreen(stage, next) {
  return frame(
    'coming',
    { stage, tone: 'dark' },
    h('p', { class: 'kicker' }, 'Next'),
    headline(next.title),
    say(next.prompt) && h('p', { class: 'lead' }, say(next.prompt)),
  );
}

function pauseScreen(stage) {
  const next = (stage.run || []).find((a) => a.phase === 'waiting');
  return next
    ? comingScreen(stage, { title: next.title })
    : frame(
        'coming',
        { stage, tone: 'dark' },
        headline(stage.room.title),
        h('p', { class: 'lead' }, 'Thank you.'),
      );
}

// Open for answers: the question, what there is to choose, the time, who has answered.
function askScreen(stage, time) {
  const { now } = stage;
  const closing = now.phase === 'closing';
  return frame(
    'ask',
    { stage, band: turnoutBand(now.turnout, verbOf(now)) },
    h(
      'div',
      { class: 'asked' },
      h(
        'p',
        { class: 'kicker' },
        closing ? 'Closing: last answers now' : say(now.prompt) ? say(now.title) : 'Open now',
      ),
      headline(say(now.prompt) ? now.prompt : now.title, posters(now).length > 6),
      choices(now),
    ),
    ring(time.left, time.whole),
  );
}

function choices(now) {
  const { ballot } = now;
  if (now.phase === 'collecting')
    return h(
      'p',
      { class: 'lead' },
      now.deal ? 'One bold idea and its first step, on your phone.' : 'Write on your phone.',
    );
  if (!ballot) return null;
  if (ballot.kind === 'scale') return scaleEnds(ballot);
  if (ballot.kind === 'choice') {
    if (ballot.options.length > NAMES) return h('p', { class: 'lead' }, 'Choose on your phone.');
    return h(
      'ul',
      { class: `names${ballot.options.length > 6 ? ' many' : ''}` },
      ballot.options.map((o) => h('li', { key: o.id }, say(o.title))),
    );
  }
  const items = posters(now);
  const lead = h(
    'p',
    { class: 'lead' },
    h('strong', {}, `${ballot.budget} dots each.`),
    ' Move them as you like until the close.',
  );
  return [
    items.length <= 6 && lead,
    items.length > 0 &&
      h(
        'ul',
        { class: `names posters${items.length > 6 ? ' many' : ''}` },
        items.map((i) => h('li', { key: i.id }, h('b', {}, i.number), say(i.title))),
      ),
  ];
}

// The ideas that hang on posters, under their fixed numbers; not where order could sway.
function posters(now) {
  if (now.shuffle_items || !now.ballot || now.ballot.kind !== 'dots') return [];
  const items = (now.items || []).filter((i) => i.number && !i.merged_into);
  return items.length > POSTERS ? [] : items;
}

function scaleEnds(ballot) {
  const values = [];
  for (let v = ballot.low; v <= ballot.high; v++) values.push(v);
  return h(
    'div',
    { class: 'scale-ends' },
    h(
      'ol',
      {},
      values.map((v) => h('li', {}, v)),
    ),
    h('p', {}, h('span', {}, say(ballot.low_label)), h('span', {}, say(ballot.high_label))),
  );
}

function roundLine(now) {
  const { rounds } = now.deal;
  if (!now.round) return h('p', { class: 'round-line' }, 'Last scores');
  if (now.round > rounds)
    return h('p', { class: 'round-line' }, `Extra round ${now.round - rounds}`);
  const marks = [];
  for (let r = 1; r <= rounds; r++)
    marks.push(h('i', { class: r < now.round ? 'done' : r === now.round ? 'here' : '' }));
  return h(
    'p',
    { class: 'round-line' },
    h('span', {}, `Round ${now.round} of ${rounds}`),
    h('span', { class: 'marks', 'aria-hidden': 'true' }, marks),
  );
}

function millScreen(stage, time) {
  const { now } = stage;
  const paper = now.deal.deck === 'paper';
  return frame(
    'mill',
    { stage, tone: 'dark' },
    h(
      'div',
      { class: 'asked' },
      roundLine(now),
      h('h1', {}, paper ? 'Swap the cards' : 'Pass the cards'),
      h(
        'p',
        { class: 'lead' },
        paper
          ? 'Walk about. Do not read. Swap until the bell.'
          : 'Walk about. Tap “Pass it on”. No reading until the bell.',
      ),
    ),
    h(
      'div',
      { class: 'mill-side' },
      ring(time.left, time.whole),
      h(
        'div',
        { class: 'cards', 'aria-hidden': 'true' },
        [0, 1, 2, 3, 4].map(() => h('i')),
      ),
    ),
  );
}

function scoreScreen(stage, time) {
  const { now } = stage;
  // In an extra round only those have a card who get one that is short of scores.
  const extra = now.round > now.deal.rounds;
  const scored = extra ? { answered: (now.turnout || {}).answered } : now.turnout;
  return frame(
    'ask score',
    { stage, band: now.round ? turnoutBand(scored, 'have scored') : null },
    h(
      'div',
      { class: 'asked' },
      roundLine(now),
      h('h1', {}, 'Read your card. Score it alone.'),
      scaleEnds(now.ballot),
    ),
    ring(time.left, time.whole),
  );
}

function closedScreen(stage) {
  const { now } = stage;
  const { answered } = now.turnout || {};
  return frame(
    'closed',
    { stage, tone: 'dark' },
    h('p', { class: 'kicker' }, say(now.title)),
    h('h1', {}, now.deal ? 'All rounds are done' : 'Voting has closed'),
    answered !== undefined &&
      !now.deal && // there it would be of the last round only
      h(
        'p',
        { class: 'closed-count' },
        h('strong', {}, number(answered)),
        ` ${answered === 1 ? 'person' : 'people'} took part`,
      ),
    h('p', { class: 'lead' }, 'The result comes next.'),
  );
}
