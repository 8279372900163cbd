// Which language the page speaks, texts of the room in it, and the small change of sentences.
import { batch, signal } from '@preact/signals';
import { local } from './keep';
import type { Text } from './types';

export const LANGUAGES = ['en', 'cy'] as const;
export type Language = (typeof LANGUAGES)[number];
export const OWN_NAMES: Record<Language, string> = { en: 'English', cy: 'Cymraeg' };

const isLanguage = (tag: unknown): tag is Language => LANGUAGES.includes(tag as Language);
const preferred = (): Language => {
  const asked = new URLSearchParams(location.search).get('lang') || local.get('plenum.language');
  if (isLanguage(asked)) return asked;
  const wishes = (navigator.languages || [navigator.language]).map((tag) => tag.split('-')[0]);
  return wishes.find(isLanguage) || 'en';
};

const first = typeof location === 'undefined' ? 'en' : preferred();
export const language = signal<Language>(first);
export const roomLanguages = signal<string[]>([]);

// The strings of the language that is spoken, by table. A phone loads one language, not all.
export type Tables = Record<string, unknown>;
export const tables = signal<Tables>({});

// Speaks it as soon as its strings are here; without them the page goes on in the language it has.
export async function speak(tag: Language = first, remember = false): Promise<void> {
  const found = (await import(WORDS_URLS[tag])) as Tables;
  batch(() => {
    tables.value = found;
    language.value = tag;
  });
  if (remember) local.set('plenum.language', tag);
}

// A text of the room as a string, in the reader's language if it has that, else in the room's own.
export function pick(text?: Text | string): string {
  if (!text) return '';
  if (typeof text === 'string') return text;
  const tags = [language.value, ...roomLanguages.value, ...Object.keys(text)];
  return text[tags.find((tag) => text[tag]) || ''] || '';
}

// The language that `pick` finds, for a lang attribute; undefined if it is the page's.
export function tongue(text?: Text | string): string | undefined {
  if (!text || typeof text === 'string' || text[language.value]) return undefined;
  return [...roomLanguages.value, ...Object.keys(text)].find((tag) => text[tag]);
}

// The other languages of a text, for screens that show all of them.
export function others(text?: Text | string): { lang: string; text: string }[] {
  if (!text || typeof text === 'string') return [];
  const shown = pick(text);
  return Object.entries(text)
    .filter(([, words]) => words && words !== shown)
    .map(([lang, words]) => ({ lang, text: words }));
}

interface Segmenting { segment(text: string): Iterable<unknown> }
const Segmenter = (typeof Intl === 'undefined' ? {} : Intl) as { Segmenter?: new () => Segmenting };

// What a person sees as one character, as the server counts them.
export function graphemes(text: string): number {
  const { Segmenter: Found } = Segmenter;
  return Found ? [...new Found().segment(text)].length : [...text].length;
}

export const bytes = (text: string) => new TextEncoder().encode(text).length;

export const wordsIn = (text: string) => text.trim().split(/\s+/).filter(Boolean).length;
