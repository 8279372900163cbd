// The phone's screens for writing, and for 25/10: write, pass on, score.
import { h, reducedMotion } from './dom.js';
import {
  bigButton,
  clock,
  fate,
  question,
  roundWords,
  scaleInput,
  screen,
  sendBar,
} from './phone_parts.js';
import { bytes, count, graphemes, say } from './words.js';

const TEXT_BYTES = 2800; // so that a contribution fits in one message
const onPaper = (now) => now.deal && now.deal.deck === 'paper';

// --- writing ---

export function writeScreen(store) {
  const { now, mine } = store;
  const key = store.key('item');
  const own = mine.contributions || [];
  const status = store.status(key);
  const waiting = store.outbox.all().filter((e) => e.key === key).length;
  const each = (now.collect && now.collect.each) || 1;
  if (own.length + waiting >= each && !(status && status.state === 'problem'))
    return writtenScreen(store, own, status);
  return screen('write-screen', {
    head: [clock(store.timeLeft()), question(store)],
    body: [
      onPaper(now) ? numberField(store, key) : textField(store, key),
      own.length > 0 && ownCards(own, 'You have written'),
      now.deal && own.length === 0 && hereButton(store, 'I have no card, but I will score'),
    ],
    foot: writeFoot(store, key, status),
  });
}

function textField(store, key) {
  const draft = store.draft(key) || {};
  const text = draft.text || '';
  const limit = store.now.collect.max_graphemes || 300;
  const left = limit - graphemes(text);
  const label = store.now.deal ? 'One bold idea, and its first step' : 'Your words';
  return h(
    'div',
    { class: 'write' },
    h('label', { for: 'card-text' }, label),
    h('textarea', {
      id: 'card-text',
      class: 'index-card',
      rows: 6,
      value: text,
      'aria-describedby': 'card-left',
      spellcheck: true,
      oninput: (event) => store.setDraft(key, { ...draft, text: event.target.value }),
    }),
    h(
      'p',
      { id: 'card-left', class: left < 0 ? 'left over' : 'left' },
      left < 0 ? `${count(-left, 'character')} too many` : `${count(left, 'character')} left`,
    ),
  );
}

// A real card with a printed number: the room mills with it, the phone only says which it is.
function numberField(store, key) {
  const draft = store.draft(key) || {};
  return h(
    'div',
    { class: 'write' },
    h('label', { for: 'card-number' }, 'Number printed on your card'),
    h('input', {
      id: 'card-number',
      class: 'number',
      inputmode: 'numeric',
      pattern: '[0-9]*',
      maxlength: 6,
      autocomplete: 'off',
      value: draft.number ? String(draft.number) : '',
      oninput: (event) => store.setDraft(key, { ...draft, number: digits(event.target.value) }),
    }),
    h('label', { for: 'card-text' }, 'Its idea and first step, if you like to type them too'),
    h('textarea', {
      id: 'card-text',
      class: 'index-card',
      rows: 3,
      value: draft.text || '',
      oninput: (event) => store.setDraft(key, { ...draft, text: event.target.value }),
    }),
  );
}

const digits = (text) => Number(text.replace(/\D/g, '').slice(0, 6)) || undefined;

function writeFoot(store, key, status) {
  const { now } = store;
  const { text = '', number } = store.draft(key) || {};
  const limit = now.collect.max_graphemes || 300;
  const paper = onPaper(now);
  const fits = graphemes(text) <= limit && bytes(text) <= TEXT_BYTES;
  const ready = fits && (paper ? !!number : text.trim() !== '');
  return [
    status && status.state === 'problem' && fate(status),
    bigButton(
      paper ? 'This is my card' : 'Hand in my card',
      () => store.addItem(key, paper ? { text: text.trim(), number } : { text: text.trim() }),
      { disabled: !ready },
    ),
  ];
}

function writtenScreen(store, own, status) {
  const { now } = store;
  const pending = store.outbox
    .all()
    .filter((e) => e.key === store.key('item'))
    .map((e) => ({ text: e.command.text, number: e.command.number, id: e.id }));
  return screen('written-screen', {
    head: [clock(store.timeLeft()), question(store)],
    body: [
      ownCards(
        [...own, ...pending.filter((p) => !own.some((o) => o.id === p.id))],
        own.length > 1 ? 'Your cards' : 'Your card',
      ),
      h(
        'p',
        { class: 'next' },
        now.deal
          ? 'Soon the cards go round. Keep this page open.'
          : 'Thank you. Others are still writing.',
      ),
    ],
    foot: fate(status || { state: 'counted' }, { counted: 'Handed in' }),
  });
}

function ownCards(cards, title) {
  return h(
    'div',
    { class: 'own-cards' },
    h('h2', {}, title),
    cards.map((c) =>
      h(
        'blockquote',
        { key: c.id, class: 'index-card' },
        c.text || '',
        c.number ? h('span', { class: 'card-number' }, `No. ${c.number}`) : null,
      ),
    ),
  );
}

// --- being there ---

function hereButton(store, text = 'I’m here') {
  const { deck } = store.mine;
  const status = store.status(store.key('here'));
  const said = status && status.state !== 'problem' && status.state !== 'counted';
  if (deck && deck.present) return null;
  return bigButton(said ? 'One moment …' : text, () => store.here(), {
    disabled: !!said,
    quiet: text !== 'I’m here',
  });
}

// --- pass it on ---

export function millScreen(store) {
  const { now, mine } = store;
  if (onPaper(now)) return paperMill(store);
  const deck = mine.deck || {};
  const key = store.key(`pass/${now.round}`);
  const status = store.status(key);
  const busy = status && (status.state === 'saved' || status.state === 'sent');
  const passes = status && status.times ? status.times : 0;
  const late = deck.to_score && deck.to_score.score === undefined && deck.to_score;
  const passOn = (event) => {
    fly(event.currentTarget.querySelector('.flying'));
    store.pass(key, now.round, deck.pass_seq);
  };
  return screen('mill-screen', {
    head: [
      clock(store.timeLeft()),
      h('p', { class: 'kicker' }, roundWords(now)),
      h(
        'h1',
        { tabindex: '-1' },
        deck.holding ? 'Walk about, and pass it on' : 'The cards are moving',
      ),
    ],
    body: deck.holding
      ? [
          h(
            'button',
            { type: 'button', class: 'pass', disabled: busy, onclick: passOn },
            h('span', { key: `card-${passes}`, class: 'flying', 'aria-hidden': 'true' }),
            h('span', { class: 'pass-text' }, busy ? 'Passing …' : 'Pass it on'),
          ),
          h('p', { class: 'next' }, passNote(status, passes)),
        ]
      : [
          h(
            'p',
            { class: 'next' },
            deck.present
              ? 'You have no card in this round. One is dealt to you as soon as there is one.'
              : 'Say that you are here, and you get a card in the next round.',
          ),
        ],
    foot: [late && lateScore(store, late), !deck.holding && hereButton(store)],
  });
}

function passNote(status, passes) {
  if (status && status.state === 'saved')
    return 'Saved on this phone. It goes out when the connection is back.';
  if (status && status.state === 'problem') return status.text;
  return passes
    ? `Passed on ${count(passes, 'time')}. The next card is face down in your hand.`
    : 'You hold a card, face down. Tap as often as you like until the bell.';
}

function fly(card) {
  if (!card || !card.animate || reducedMotion()) return;
  card.animate(
    [
      { transform: 'none', opacity: 1 },
      { transform: 'translateY(-60vh) rotate(-14deg) scale(.6)', opacity: 0 },
    ],
    { duration: 380, easing: 'cubic-bezier(.5,0,.9,.4)' },
  );
}

function paperMill(store) {
  const { now } = store;
  return screen('mill-screen', {
    head: [
      clock(store.timeLeft()),
      h('p', { class: 'kicker' }, roundWords(now)),
      h('h1', { tabindex: '-1' }, 'Walk about, and swap cards'),
    ],
    body: h('p', { class: 'next' }, 'Do not read. Keep swapping until the bell.'),
    foot: hereButton(store),
  });
}

// The card of the last bell may be scored until the next one.
function lateScore(store, card) {
  return h(
    'details',
    { class: 'late-score' },
    h('summary', {}, `Your card of round ${card.round} has no score yet`),
    h('blockquote', { class: 'index-card' }, card.text || ''),
    scoreInput(store, card),
    scoreBar(store, card),
  );
}

// --- score ---

export function scoreScreen(store) {
  const { now, mine } = store;
  if (onPaper(now)) return paperScore(store);
  const card = mine.deck && mine.deck.to_score;
  if (!card) return noCardScreen(store);
  return screen('score-screen', {
    head: [
      clock(store.timeLeft()),
      h('p', { class: 'kicker' }, roundWords(now)),
      h('h1', { tabindex: '-1' }, 'Read it, and score it alone'),
    ],
    body: [
      h(
        'blockquote',
        { key: card.id, class: 'index-card dealt' },
        card.text || '(this text was removed)',
      ),
      scoreInput(store, card),
    ],
    foot: scoreBar(store, card),
  });
}

function noCardScreen(store) {
  const { now, mine } = store;
  const over = now.phase === 'closing';
  const present = mine.deck && mine.deck.present;
  const words = over
    ? 'The last scores are coming in.'
    : present
      ? 'You are in: a card comes with the next round.'
      : 'Say that you are here, and a card comes with the next round.';
  return screen('no-card-screen', {
    head: [
      clock(store.timeLeft()),
      h('p', { class: 'kicker' }, roundWords(now)),
      h('h1', { tabindex: '-1' }, 'No card in your hand'),
    ],
    body: h('p', { class: 'next' }, words),
    foot: !over && hereButton(store),
  });
}

function scoreState(store, { round, score, seq }) {
  const key = store.key(`score/${round}`);
  const said = store.said(key, score !== undefined ? { seq, ballot: { score } } : undefined);
  const draft = store.draft(key);
  const value = draft !== undefined ? draft : said && said.score;
  return {
    key,
    value,
    already: said !== undefined,
    dirty: draft !== undefined && draft !== (said && said.score),
    status: store.status(key),
  };
}

function scoreInput(store, card) {
  const { low, high, low_label: lowLabel, high_label: highLabel } = store.now.ballot;
  const state = scoreState(store, card);
  return scaleInput({
    name: state.key,
    low,
    high,
    lowLabel: say(lowLabel),
    highLabel: say(highLabel),
    value: state.value,
    legend: `Score from ${low} to ${high}`,
    onpick: (v) => store.setDraft(state.key, v),
  });
}

function scoreBar(store, card) {
  const state = scoreState(store, card);
  return sendBar(state.status, {
    ...state,
    ready: state.value !== undefined,
    verb: 'Score this card',
    again: 'Change my score',
    onsend: () =>
      store.cast(
        state.key,
        { kind: 'score', round: card.round, card: card.id, score: state.value },
        card.seq,
      ),
  });
}

// The paper deck: which card is in hand, and its score.
function paperScore(store) {
  const { now, mine } = store;
  const round = store.bellRound();
  const key = store.key(`score/${round}`);
  const known =
    mine.deck && mine.deck.scored && mine.deck.scored.round === round
      ? mine.deck.scored
      : undefined;
  const said = store.said(key, known && { seq: known.seq, ballot: known });
  const draft = store.draft(key) || {};
  const number = draft.number !== undefined ? draft.number : said && said.number;
  const score = draft.score !== undefined ? draft.score : said && said.score;
  const dirty = !said || number !== said.number || score !== said.score;
  const put = (change) => store.setDraft(key, { number, score, ...change });
  const { low, high, low_label: lowLabel, high_label: highLabel } = now.ballot;
  return screen('paper-screen', {
    head: [
      clock(store.timeLeft()),
      h('p', { class: 'kicker' }, roundWords(now)),
      h('h1', { tabindex: '-1' }, 'Read your card, and score it alone'),
    ],
    body: [
      h(
        'div',
        { class: 'write' },
        h('label', { for: 'paper-number' }, 'Number on the card in your hand'),
        h('input', {
          id: 'paper-number',
          class: 'number',
          inputmode: 'numeric',
          pattern: '[0-9]*',
          maxlength: 6,
          autocomplete: 'off',
          value: number ? String(number) : '',
          oninput: (event) => put({ number: digits(event.target.value) || 0 }),
        }),
      ),
      scaleInput({
        name: key,
        low,
        high,
        lowLabel: say(lowLabel),
        highLabel: say(highLabel),
        value: score,
        legend: `Score from ${low} to ${high}`,
        onpick: (v) => put({ score: v }),
      }),
    ],
    foot: sendBar(store.status(key), {
      dirty,
      already: !!said,
      ready: !!number && score !== undefined,
      verb: 'Score this card',
      again: 'Change my score',
      onsend: () => store.cast(key, { kind: 'score', round, number, score }, known && known.seq),
    }),
  });
}
