// Small parts that the phone's screens share.
import { h } from './dom.js';
import { clockFace, labelWords, say, timeWords } from './words.js';

// A screen: what is asked on top, the answer in the lower half, one sticky button.
export function screen(name, { head, body, foot }) {
  return h(
    'section',
    { key: name, class: `screen ${name}` },
    h('header', { class: 'head' }, head),
    h('div', { class: 'body' }, body),
    foot && h('footer', { class: 'foot' }, foot),
  );
}

// The question, with what may be known of the person who answers it.
export function question(store, { round } = {}) {
  const { now, stage } = store;
  const prompt = say(now.prompt);
  return [
    h(
      'p',
      { class: 'kicker' },
      prompt ? say(now.title) : null,
      round && now.deal ? h('span', { class: 'round' }, roundWords(now)) : null,
    ),
    h('h1', { tabindex: '-1' }, prompt || say(now.title)),
    h(
      'p',
      { class: 'label' },
      h('span', { class: 'shield', 'aria-hidden': 'true' }),
      labelWords(now, stage.run),
    ),
  ];
}

export function roundWords(now) {
  const { rounds } = now.deal;
  if (!now.round) return 'Last scores';
  return now.round > rounds
    ? `Extra round ${now.round - rounds}`
    : `Round ${now.round} of ${rounds}`;
}

export function clock(left) {
  if (left === null) return null;
  return h(
    'p',
    {
      key: 'clock',
      class: `clock${left <= 10000 ? ' soon' : ''}`,
      role: 'timer',
      'aria-label': timeWords(left),
    },
    clockFace(left),
  );
}

const STEPS = [
  ['saved', 'Saved on this phone'],
  ['sent', 'Sent'],
  ['counted', 'Counted'],
];

// Saved on this phone -> Sent -> Counted, or the server's sentence when it did not count.
export function fate(status, { counted = 'Counted' } = {}) {
  if (!status) return null;
  if (status.state === 'problem')
    return h('p', { class: 'fate problem' }, h('span', { class: 'mark' }, '!'), status.text);
  const reached = STEPS.findIndex(([state]) => state === status.state);
  return h(
    'ol',
    { class: `fate ${status.state}`, 'aria-label': 'Your answer' },
    STEPS.map(([state, words], i) =>
      h(
        'li',
        {
          class: i < reached ? 'done' : i === reached ? 'done here' : '',
          'aria-current': i === reached ? 'step' : undefined,
        },
        h('span', { class: 'mark', 'aria-hidden': 'true' }, i <= reached ? '✓' : ''),
        h('span', {}, state === 'counted' ? counted : words),
      ),
    ),
  );
}

export function bigButton(text, onclick, { disabled = false, quiet = false } = {}) {
  return h(
    'button',
    { type: 'button', class: quiet ? 'big quiet-button' : 'big', disabled, onclick },
    text,
  );
}

// The send button of a ballot: says what it will do, and rests while there is nothing new to say.
export function sendBar(
  status,
  { dirty, ready, already, onsend, verb = 'Send my answer', again = 'Change my answer', hint },
) {
  const rests =
    status && { saved: 'Saved, and sent when it can be', sent: 'On its way' }[status.state];
  const text = !already ? verb : dirty ? again : rests || 'Your answer is in';
  return [
    fate(
      dirty && status && status.state === 'counted'
        ? null
        : status || (already && !dirty ? { state: 'counted' } : null),
    ),
    hint && h('p', { class: 'hint' }, hint),
    bigButton(text, onsend, { disabled: !ready || !dirty }),
  ];
}

// Big numbers as radio buttons, with the labels at both ends.
export function scaleInput({ name, low, high, lowLabel, highLabel, value, onpick, legend }) {
  const values = [];
  for (let v = low; v <= high; v++) values.push(v);
  return h(
    'fieldset',
    { class: 'scale' },
    h('legend', { class: 'quiet' }, legend),
    h(
      'div',
      { class: 'tiles', style: { '--tiles': Math.min(values.length, 6) } },
      values.map((v) =>
        h(
          'label',
          { key: `${name}/${v}`, class: 'tile' },
          h('input', {
            type: 'radio',
            name,
            value: String(v),
            checked: value === v,
            onchange: () => onpick(v),
          }),
          h(
            'span',
            {},
            v,
            v === low && lowLabel ? h('span', { class: 'quiet' }, ` ${lowLabel}`) : null,
            v === high && highLabel ? h('span', { class: 'quiet' }, ` ${highLabel}`) : null,
          ),
        ),
      ),
    ),
    (lowLabel || highLabel) &&
      h(
        'div',
        { class: 'ends', 'aria-hidden': 'true' },
        h('span', {}, lowLabel),
        h('span', {}, highLabel),
      ),
  );
}
