// The second file (more.tsx): asked for when the first screen is there, at once when one of its
// screens is needed, and again for as long as the network does not bring it.
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { P } from '../words/phone';
import { QuietScreen } from './quiet';

type More = typeof import('./more');

export const more = signal<More | null>(null);
const failed = signal(0); // how often
let coming = false;
export const RETRY_MS = 3000;

export async function fetchMore() {
  if (coming || more.value) return;
  coming = true;
  try {
    // Browsers may remember that an address failed, so each try has its own.
    more.value = (await import(MORE_URL + (failed.value ? `?${failed.value}` : ''))) as More;
  } catch {
    failed.value++;
    setTimeout(fetchMore, RETRY_MS);
  }
  coming = false;
}

// In the place of what is on its way.
export function LaterScreen() {
  useEffect(() => void fetchMore(), []);
  return <QuietScreen name="later-screen" title={P().oneMoment} text={failed.value ? P().noServer : ''} />;
}
