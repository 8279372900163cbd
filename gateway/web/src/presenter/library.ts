// Ready activities of the server's library, as they can be put into this room's run sheet.
import { signal } from '@preact/signals';
import { LANGUAGES, roomLanguages } from '../core/language';
import type { ConsoleActivity, Text } from '../core/types';

interface Ready {
  name: string;
  title: Text;
  about: Text;
  after: string[]; // ready activities that must stand before it
}

export interface Spec {
  id?: unknown;
  [member: string]: unknown;
}

export const library = signal<Ready[]>([]);
const loaded = new Map<string, Spec>();

async function get<T>(path: string): Promise<T | undefined> {
  try {
    const answer = await fetch(`/api/v1/library${path}`);
    return answer.ok ? ((await answer.json()) as T) : undefined;
  } catch {
    return undefined; // the other kinds are there without it
  }
}

export async function openLibrary() {
  if (library.value.length) return;
  library.value = (await get<{ activities: Ready[] }>(''))?.activities || [];
}

// What it takes something from and the run sheet does not have.
export const lacks = (ready: Ready, all: ConsoleActivity[]) =>
  ready.after.filter((id) => !all.some((a) => a.activity === id));

// The activity as it stands in the library, in the room's languages, under a name of its own.
export async function readySpec(name: string, all: ConsoleActivity[]): Promise<Spec | undefined> {
  const spec = loaded.get(name) || (await get<{ activity: Spec }>(`/activities/${name}`))?.activity;
  if (!spec) return undefined;
  loaded.set(name, spec);
  let id = String(spec.id);
  for (let n = 2; all.some((a) => a.activity === id); ++n) id = `${spec.id}-${n}`;
  return { ...(inRoom(spec) as Spec), id };
}

// Texts in languages that the room does not have are left out.
function inRoom(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inRoom);
  if (!value || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  const isText = entries.length > 0 && entries.every(([key]) => (LANGUAGES as readonly string[]).includes(key));
  const rooms = entries.filter(([key]) => roomLanguages.value.includes(key));
  if (!isText) return Object.fromEntries(entries.map(([key, inner]) => [key, inRoom(inner)]));
  // A room in another language altogether: the text stands for it until somebody translates it.
  return rooms.length ? Object.fromEntries(rooms) : { [roomLanguages.value[0] || 'en']: entries[0][1] };
}
