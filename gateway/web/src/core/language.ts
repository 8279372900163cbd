// Which language the page speaks, texts of the room in it, and the small change of sentences.
import { batch, signal } from '@preact/signals';
import { OWN, OWN_TABLES } from '../words/own';
import { local } from './keep';
import type { Text } from './types';

export const LANGUAGES = ['en', 'cy'] as const;
export type Language = (typeof LANGUAGES)[number];
export const OWN_NAMES: Record<Language, string> = { en: 'English', cy: 'Cymraeg' };

export const isLanguage = (tag: unknown): tag is Language => LANGUAGES.includes(tag as Language);
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
  const found = tag === OWN ? OWN_TABLES : ((await import(WORDS_URLS[tag])) as Tables);
  batch(() => {
    tables.value = found;
    language.value = tag;
  });
  if (remember) local.set('plenum.language', tag);
}

// A big screen may show a second language beside the first.
let swapped = false;
const second = signal<{ tag: Language; tables: Tables } | undefined>(undefined);
export const words = () => (swapped && second.value ? second.value.tables : tables.value);
const tag = () => (swapped && second.value ? second.value.tag : language.value);

export async function speakBeside(other?: Language): Promise<void> {
  second.value = other && { tag: other, tables: (await import(WORDS_URLS[other])) as Tables };
}

// The same in the second language, if there is one and it says it differently.
export function beside(say: () => string): { lang: string; text: string } | undefined {
  if (!second.value || swapped) return undefined;
  const first = say();
  swapped = true;
  try {
    const text = say();
    return text && text !== first ? { lang: second.value.tag, text } : undefined;
  } finally {
    swapped = false;
  }
}

// A text of the room as a string, in the reader's language if it has that, else in the room's own.
export function pick(text?: Text | string): string {
  if (!text) return '';
  if (typeof text === 'string') return text;
  const tags = [tag(), ...roomLanguages.value, ...Object.keys(text)];
  return text[tags.find((name) => text[name]) || ''] || '';
}

// The language that `pick` finds, for a lang attribute; undefined if it is the page's.
export function tongue(text?: Text | string): string | undefined {
  if (!text || typeof text === 'string' || text[language.value]) return undefined;
  return [...roomLanguages.value, ...Object.keys(text)].find((tag) => text[tag]);
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
