// Small parts that the display's screens share.
import { h } from './dom.js';
import { qrCode } from './qr.js';
import { clockFace, count, isOpen, number, others, say, spaced, timeWords } from './words.js';

export const joinUrl = (code) => `${location.origin}/r/${code}`;

// A frame: what the room is (or `head`), the content, who has answered. `corner`: how to join, as
// 'qr', 'code' or nothing.
export function frame(name, { stage, tone = 'light', corner = 'qr', head, band }, ...content) {
  const { room } = stage;
  return h(
    'section',
    { key: name, class: `frame ${name} ${tone}` },
    h(
      'header',
      { class: 'top' },
      head
        ? h('div', { class: 'top-head' }, head)
        : h('p', { class: 'room-title' }, say(room.title)),
      corner && room.code && joinCorner(room, corner === 'qr'),
    ),
    h('div', { class: 'content' }, content),
    band || null,
  );
}

// For latecomers: the code stays in the corner.
function joinCorner(room, withQr) {
  return h(
    'div',
    { class: 'corner' },
    h('p', {}, h('span', {}, location.host), h('strong', {}, spaced(room.code))),
    withQr && qrCode(joinUrl(room.code), `Join: ${joinUrl(room.code)}`),
  );
}

// A question in the first language, the other languages of the room under it.
export function headline(text, small = false) {
  const first = say(text);
  const size = small || first.length > 150 ? 'long' : first.length > 70 ? 'middle' : 'short';
  return [
    h('h1', { class: size }, first),
    others(text).map((o) => h('p', { class: 'other', lang: o.lang }, o.text)),
  ];
}

// The band along the bottom: how many of the room have answered.
export function turnoutBand(turnout, verb) {
  if (!turnout || turnout.answered === undefined) return null;
  const { answered, of } = turnout;
  return h(
    'footer',
    { class: 'band', style: { '--share': of ? Math.min(1, answered / of) : 0 } },
    h('span', { class: 'band-fill' }),
    h('p', {}, h('strong', {}, number(answered)), of ? ` of ${number(of)} ${verb}` : ` ${verb}`),
  );
}

const RADIUS = 88;
const ROUND = 2 * Math.PI * RADIUS;

// The time left, as a ring and in words. `whole`: what a full ring stands for.
export function ring(left, whole) {
  if (left === null) return null;
  const share = whole > 0 ? Math.max(0, Math.min(1, left / whole)) : 0;
  return h(
    'div',
    { class: `ring${left <= 10000 ? ' soon' : ''}`, role: 'timer', 'aria-label': timeWords(left) },
    h(
      'svg',
      { viewBox: '0 0 200 200', 'aria-hidden': 'true' },
      h('circle', { class: 'ring-back', cx: 100, cy: 100, r: RADIUS }),
      h('circle', {
        class: 'ring-left',
        cx: 100,
        cy: 100,
        r: RADIUS,
        transform: 'rotate(-90 100 100)',
        'stroke-dasharray': `${(share * ROUND).toFixed(1)} ${ROUND.toFixed(1)}`,
      }),
      h('text', { x: 100, y: 120, 'text-anchor': 'middle' }, clockFace(left)),
    ),
    h('p', {}, left <= 0 ? 'time is up' : left <= 10000 ? 'last seconds' : timeWords(left)),
  );
}

export function people(n) {
  return count(n || 0, 'person', 'people');
}

export function verbOf(now) {
  if (now.phase === 'collecting') return 'have written';
  if (now.phase === 'scoring') return 'have scored';
  return isOpen(now.phase) ? 'have answered' : 'answered';
}
