// Runs while the page's own script is still on its way: on a slow network each question that is asked
// now, and not one after the other, saves a round trip. `core/early.ts` hands out what came of it.
import type { Early } from '../core/early';

const code = /^\/r\/(\d{6})\/?$/.exec(location.pathname)?.[1];
const early: Early = { answers: {} };
window.early = early;

function stored(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) || 'null');
  } catch {
    return null; // blocked: the page copes with that
  }
}

const wishes = [
  new URLSearchParams(location.search).get('lang'),
  stored('plenum.language'),
  ...(navigator.languages || [navigator.language]).map((tag) => tag.split('-')[0]),
  'en',
];
const words = wishes.map((tag) => WORDS_URLS[String(tag)]).find(Boolean);
import(words as string).catch(() => {}); // asked for again by the page

function ask(path: string) {
  early.answers[path] = fetch(path);
  early.answers[path].catch(() => {});
}
if (code) {
  ask(`/api/v1/codes/${code}`);
  if (stored(`plenum.token.${code}`)) early.socket = new WebSocket(`${location.origin.replace('http', 'ws')}/ws`, 'plenum.v1');
  else ask(`/api/v1/rooms/${code}/privacy`);
}
