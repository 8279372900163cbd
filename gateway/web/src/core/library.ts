// The server's library: sample days, and ready activities as they can be put into a run sheet.
import { signal } from '@preact/signals';
import { LANGUAGES } from './language';
import type { Text } from './types';

export interface ReadyDay {
  name: string;
  title: Text;
  languages: string[];
  expected_people: number;
  activities: number;
}

export interface Ready {
  name: string;
  title: Text;
  about: Text;
  after: string[]; // ready activities that must stand before it
}

export interface Spec {
  id?: unknown;
  [member: string]: unknown;
}

export const days = signal<ReadyDay[]>([]);
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

// False if it could not be read.
export async function openLibrary(): Promise<boolean> {
  if (library.value.length) return true;
  const found = await get<{ days: ReadyDay[]; activities: Ready[] }>('');
  days.value = found?.days || [];
  library.value = found?.activities || [];
  return !!found;
}

// A sample day, as it stands in its file.
export const readyDay = (name: string) => get<Spec>(`/days/${name}`);

// What it takes something from and the run sheet, with the activities `taken`, does not have.
export const lacks = (ready: Ready, taken: string[]) => ready.after.filter((id) => !taken.includes(id));

// The activity as it stands in the library, in the run sheet's languages, under a name of its own.
export async function readySpec(name: string, taken: string[], languages: string[]): Promise<Spec | undefined> {
  const spec = loaded.get(name) || (await get<{ activity: Spec }>(`/activities/${name}`))?.activity;
  if (!spec) return undefined;
  loaded.set(name, spec);
  let id = String(spec.id);
  for (let n = 2; taken.includes(id); ++n) id = `${spec.id}-${n}`;
  return { ...(inLanguages(spec, languages) as Spec), id };
}

// Texts in languages that the run sheet does not have are left out.
function inLanguages(value: unknown, languages: string[]): unknown {
  if (Array.isArray(value)) return value.map((inner) => inLanguages(inner, languages));
  if (!value || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  const isText = entries.length > 0 && entries.every(([key]) => (LANGUAGES as readonly string[]).includes(key));
  const wanted = entries.filter(([key]) => languages.includes(key));
  if (!isText) return Object.fromEntries(entries.map(([key, inner]) => [key, inLanguages(inner, languages)]));
  // A room in another language altogether: the text stands for it until somebody translates it.
  return wanted.length ? Object.fromEntries(wanted) : { [languages[0] || 'en']: entries[0][1] };
}
