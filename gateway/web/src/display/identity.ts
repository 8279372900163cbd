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
let place = 0;
const me = randomId();

export async function takePlace(code: string) {
  if (framed) return;
  const slot = `plenum.screen-place.${code}`;
  place = tab.get<number>(slot) || 1;
  const settle = () => {
    tab.set(slot, place);
    name = `plenum.screen.${code}.${place}`;
    const kept = local.get<Screen>(name);
    // A place that was never taken: what this window is until now goes with it, under a new name.
    screen.value = kept?.screen ? { ...screen.value, ...kept } : { ...screen.value, screen: randomId(), name: '' };
    local.set(name, screen.value);
  };
  if (typeof BroadcastChannel !== 'undefined') await agree(code, settle);
  settle();
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

// Asks the browser's other windows for a place that is free, and answers them from then on. Where two
// found the same one free, because an answer came late, the lower name has it and the other moves on.
async function agree(code: string, settle: () => void) {
  const channel = new BroadcastChannel(`plenum.screens.${code}`);
  const say = (message: object) => channel.postMessage({ place, from: me, ...message });
  let [settled, taken] = [false, false];
  const search = async () => {
    for (settled = false; place < PLACES; ++place) {
      taken = false;
      say({});
      await new Promise((done) => setTimeout(done, ANSWER_MS));
      if (!taken) break;
    }
    settled = true;
    say({ mine: true });
  };
  channel.onmessage = ({ data }) => {
    if (data.place !== place || data.from === me) return;
    const told = data.taken && data.to === me;
    const lost = data.mine && me > data.from;
    if (settled && (told || lost)) {
      ++place;
      search().then(settle);
    } else if (told) taken = true;
    else if (!data.taken && (settled || me < data.from)) say({ to: data.from, taken: true });
  };
  await search();
}
