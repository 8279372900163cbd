// Ticks twice a second while a page is open; what shows a time reads it.
import { signal } from '@preact/signals';

export const clock = signal(0);
setInterval(() => clock.value++, 500);
