// What this screen is: kept by its browser, and changed by orders from the console. Windows of one
// browser are screens of their own: each takes a place (1, 2, …) that no other window holds.
import { signal } from '@preact/signals';
import { local, randomId, tab } from '../core/keep';
import type { Screen, Settings } from '../core/screens';
import type { Stage } from '../core/types';

const ANSWER_MS = 200; // for another window to say that a place is taken
const PLACES = 20;

export interface Frame {
  stage: Stage;
  at: number; // the server's clock when it was frozen, ms
}

// In a frame of the presenter's page it is a picture of a screen, and no screen.
export const framed = window.parent !== window;
export const screen = signal<Screen>({ screen: randomId(), name: '', mode: 'follow', languages: [] });

let name = '';
const me = randomId();

export async function takePlace(code: string) {
  if (framed) return;
  const slot = `plenum.screen-place.${code}`;
  const place = await freePlace(code, tab.get<number>(slot) || 1);
  tab.set(slot, place);
  name = `plenum.screen.${code}.${place}`;
  const kept = local.get<Screen>(name);
  if (kept?.screen) screen.value = { ...screen.value, ...kept };
  local.set(name, screen.value);
}

export function change(settings: Settings) {
  screen.value = { ...screen.value, ...settings };
  if (name) local.set(name, screen.value);
}

// The frame that a held screen keeps, also when its page is loaded again.
export const keptFrame = () => local.get<Frame>(`${name}.frame`);
export function keepFrame(frame?: Frame) {
  if (!name) return;
  if (frame) local.set(`${name}.frame`, frame);
  else local.remove(`${name}.frame`);
}

// Asks the browser's other windows, and answers them from then on.
async function freePlace(code: string, first: number): Promise<number> {
  if (typeof BroadcastChannel === 'undefined') return first;
  const channel = new BroadcastChannel(`plenum.screens.${code}`);
  let place = first;
  let taken = false;
  let settled = false;
  channel.onmessage = ({ data }) => {
    if (data.place !== place || data.from === me) return;
    // Two that ask at once: the lower name has it.
    if (data.taken) taken = taken || data.to === me;
    else if (settled || me < data.from) channel.postMessage({ place, from: me, to: data.from, taken: true });
  };
  for (; place < PLACES; ++place) {
    taken = false;
    channel.postMessage({ place, from: me });
    await new Promise((done) => setTimeout(done, ANSWER_MS));
    if (!taken) break;
  }
  settled = true;
  return place;
}
