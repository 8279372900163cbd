// The poster of the gallery whose code was scanned: its idea is shown alone, until others are sought.
import { signal } from '@preact/signals';

export const poster = signal<{ activity: string; number: number } | null>(null);
