// The sounds of the room, made by the browser itself: nothing is loaded, so they are there when the
// network is not. A browser makes none before somebody has tapped the page.
import { signal } from '@preact/signals';
import type { Sound } from '../core/screens';

export const ready = signal(false); // the browser may make sounds
export const ringing = signal<{ sound: Sound | 'check'; at: number } | null>(null); // seen as well as heard

const SEEN_MS = 3000;
let context: AudioContext | undefined;

type Prefixed = { webkitAudioContext?: typeof AudioContext };

// Called from a tap. Some browsers need none, so it is also tried without.
export async function allow(): Promise<void> {
  const Context = window.AudioContext || (window as Prefixed).webkitAudioContext;
  if (!Context) return;
  if (!context) {
    context = new Context();
    context.onstatechange = () => (ready.value = context?.state === 'running');
  }
  // Without a tap this may wait for ever: nobody waits for it.
  context.resume().catch(() => {});
  ready.value = context.state === 'running';
}

export function play(sound: Sound | 'check') {
  const now = { sound, at: Date.now() };
  ringing.value = now;
  setTimeout(() => {
    if (ringing.value === now) ringing.value = null;
  }, SEEN_MS);
  if (!context || context.state !== 'running') return;
  if (sound !== 'check') return SOUNDS[sound](context.currentTime);
  SOUNDS.minute(context.currentTime);
  SOUNDS.bell(context.currentTime + 1.5);
  SOUNDS.gong(context.currentTime + 4);
}

// Each is a sum of partials: [frequency in Hz, loudness, seconds until it has died away].
type Partial = [number, number, number];
const GONG: Partial[] = [
  [98, 0.5, 6],
  [146.5, 0.35, 5],
  [197, 0.3, 4.5],
  [261, 0.2, 3.5],
  [349, 0.14, 2.6],
  [523, 0.07, 1.6],
];
const BELL: Partial[] = [
  [880, 0.4, 2.4],
  [1760, 0.22, 1.8],
  [2217, 0.16, 1.4],
  [2960, 0.1, 0.9],
  [4435, 0.05, 0.5],
];
const CHIME: Partial[] = [
  [659, 0.4, 1.2],
  [1318, 0.12, 0.8],
];

const SOUNDS: Record<Sound, (at: number) => void> = {
  gong: (at) => strike(GONG, at),
  bell: (at) => [0, 0.45].forEach((later) => strike(BELL, at + later)),
  minute: (at) => [0, 0.35].forEach((later, i) => strike(CHIME, at + later, i ? 0.8 : 1)),
};

function strike(partials: Partial[], at: number, pitch = 1) {
  for (const [frequency, loudness, seconds] of partials) {
    const to = context as AudioContext;
    const tone = to.createOscillator();
    const volume = to.createGain();
    tone.frequency.value = frequency * pitch;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(loudness, at + 0.008);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + seconds);
    tone.connect(volume).connect(to.destination);
    tone.start(at);
    tone.stop(at + seconds);
  }
}
