// What there is to show: the room's stage, or the activity that this screen is pinned to, or the
// frame that it holds. A new phase is shown at once; what moves within one, at most twice a second.
import { computed, signal } from '@preact/signals';
import { roomLanguages } from '../core/language';
import type { Now, Stage } from '../core/types';
import { type Frame, keepFrame, keptFrame, screen } from './identity';

const LIVE_MS = 500;

export const live = signal<Stage | null>(null); // what the room is at, whatever this screen shows
export const shown = signal<Frame | null>(null);
let pinned: Stage | null = null;
let shownAt = 0;
let clock: () => number = Date.now;

export const setClock = (now: () => number) => (clock = now);

export const phaseOf = ({ now }: Stage) =>
  now ? [now.activity, now.generation, now.phase, now.round, now.told || 0].join('/') : '';

export function take(topic: string, data: unknown) {
  if (topic === 'stage') live.value = data as Stage;
  else if (topic === 'activity') pinned = data as Stage;
  else return;
  const next = wanted();
  if (!next) return;
  if (!shown.value || phaseOf(shown.value.stage) !== phaseOf(next)) return show();
  setTimeout(show, Math.max(0, shownAt + LIVE_MS - Date.now()));
}

// What this screen would show if it did not hold.
function wanted(): Stage | null {
  const { mode, activity } = screen.value;
  if (mode === 'pinned' && activity && live.value) {
    // Its own view comes in a moment; until then nothing of another activity.
    return pinned?.now?.activity === activity ? pinned : { ...live.value, now: undefined };
  }
  return live.value;
}

export function show() {
  const next = wanted();
  const { held } = screen.value;
  if (!next || (held && shown.value) || next === shown.value?.stage) return;
  roomLanguages.value = next.room.languages || [];
  shown.value = { stage: next, at: held ? clock() : 0 };
  shownAt = Date.now();
  if (held) keepFrame(shown.value); // it was told to hold before it had anything
}

// Begins to hold what is shown, or goes on with what there is now.
export function hold(held: boolean) {
  if (!held) {
    keepFrame();
    return show();
  }
  const kept = keptFrame() || (shown.value && { ...shown.value, at: clock() });
  if (!kept) return;
  keepFrame(kept);
  roomLanguages.value = kept.stage.room.languages || [];
  shown.value = kept;
}

export const blank = computed(() => !!live.value?.room.blank);
export const here = computed(() => !!live.value && !!shown.value);

export interface Time {
  left: number | null;
  whole: number;
}

// What shows a time asks for it while it is drawn, and is drawn again each quarter of a second. All else
// on the screen stays as it is.
export type Clock = () => Time;
export const tick = signal(0);
export const clockOf = (now?: Now, at = 0): Clock => () => {
  void tick.value;
  return timeOf(now, at);
};

const longest = new Map<string, number>();

// Time left now, or when the frame was frozen.
export function timeOf(now?: Now, at = 0): Time {
  if (!now?.deadline_ms) return { left: null, whole: 0 };
  const left = Math.max(0, now.deadline_ms - (at || clock()));
  const of = [now.activity, now.generation, now.phase, now.round].join('/');
  const whole = Math.max(longest.get(of) || 0, left);
  longest.set(of, whole);
  return { left, whole };
}
