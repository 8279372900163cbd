// A run sheet as it is being written: any JSON at all, since whoever writes it may be in the middle
// of a sentence. What it must be is the server's to say (schema/json-schema/run-sheet.json).
import type { Text } from '../core/types';

export type Members = Record<string, unknown>;
export type Path = (string | number)[];

const WIDE = 100; // characters of a line, as the library's files have it
const TEXTS = ['title', 'prompt', 'detail', 'low_label', 'high_label'];

export const isMembers = (value: unknown): value is Members =>
  !!value && typeof value === 'object' && !Array.isArray(value);

export function read(text: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isMembers(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function at(value: unknown, path: Path): unknown {
  let inner = value;
  for (const step of path) {
    if (inner === null || typeof inner !== 'object') return undefined;
    inner = (inner as Members)[step];
  }
  return inner;
}

export const listAt = (value: unknown, path: Path): unknown[] => {
  const found = at(value, path);
  return Array.isArray(found) ? found : [];
};

// The same with another value at this place; undefined takes it out. Places on the way are made.
export function put(value: unknown, path: Path, inner: unknown): unknown {
  if (!path.length) return inner;
  const [step, ...rest] = path;
  if (typeof step === 'number') {
    const list = Array.isArray(value) ? [...value] : [];
    const made = put(list[step], rest, inner);
    if (made === undefined) list.splice(step, 1);
    else list[step] = made;
    return list;
  }
  const members = isMembers(value) ? { ...value } : {};
  const made = put(members[step], rest, inner);
  if (made === undefined) delete members[step];
  else members[step] = made;
  return members;
}

export const pointer = (path: Path) =>
  path.map((step) => `/${String(step).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');

// As the library's files are written: what fits on a line stands on it.
export function format(value: unknown, indent = '', before = 0): string {
  const flat = onOneLine(value);
  if (indent.length + before + flat.length <= WIDE || value === null || typeof value !== 'object') return flat;
  const deeper = `${indent}  `;
  const rows = Array.isArray(value)
    ? value.map((inner) => deeper + format(inner, deeper))
    : Object.entries(value).map(([key, inner]) => {
        const name = `${JSON.stringify(key)}: `;
        return deeper + name + format(inner, deeper, name.length + 1);
      });
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${rows.join(',\n')}\n${indent}${close}`;
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (!isMembers(value)) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${onOneLine(inner)}`);
  return `{${members.join(', ')}}`;
}

export const languagesOf = (sheet: unknown): string[] =>
  listAt(sheet, ['languages']).filter((tag): tag is string => typeof tag === 'string');

// A text by language, whichever way it is written.
export function textOf(value: unknown, languages: string[]): Text {
  if (typeof value === 'string') return { [languages[0] || 'en']: value };
  if (!isMembers(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([, words]) => typeof words === 'string')) as Text;
}

// Every text in the sheet, changed.
function eachText(value: unknown, change: (text: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((inner) => eachText(inner, change));
  if (!isMembers(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, TEXTS.includes(key) ? change(inner) : eachText(inner, change)]),
  );
}

// Without one of its languages, and without the texts in it, unless they are the only ones.
export function withoutLanguage(sheet: Members, gone: string): Members {
  const languages = languagesOf(sheet);
  const left = languages.filter((tag) => tag !== gone);
  const cut = (value: unknown) => {
    const { [gone]: lost, ...rest } = textOf(value, languages);
    return Object.keys(rest).length || lost === undefined ? rest : { [left[0]]: lost };
  };
  return { ...(eachText(sheet, cut) as Members), languages: left };
}

// Bare strings are in the first language, so they are named before the order changes.
export function withLanguages(sheet: Members, languages: string[]): Members {
  const now = languagesOf(sheet);
  const named = (value: unknown) => (typeof value === 'string' ? textOf(value, now) : value);
  return { ...(eachText(sheet, named) as Members), languages };
}

// A name that is not taken yet: "option-4".
export function freeId(stem: string, list: unknown[]): string {
  const taken = list.map((one) => at(one, ['id']));
  let n = list.length + 1;
  while (taken.includes(`${stem}-${n}`)) n++;
  return `${stem}-${n}`;
}

// What kind of activity it is, as the console names them.
export function kindOf(activity: unknown): string {
  const ballot = at(activity, ['ballot', 'kind']);
  const has = (name: string) => at(activity, [name]) !== undefined;
  if (has('deal')) return 'deck';
  if (has('seats')) return 'tables';
  if (ballot === 'scale' && (has('collect') || has('carry') || listAt(activity, ['items']).length)) return 'ratings';
  if (typeof ballot === 'string') return ballot;
  if (at(activity, ['collect', 'words']) !== undefined) return 'words';
  return has('collect') ? 'items' : '';
}

// The place of the server's line and column, which count from 1, columns in bytes.
export function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let n = 1; n < line; n++) {
    const end = text.indexOf('\n', start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  let bytes = 1;
  let offset = start;
  while (bytes < column && offset < text.length && text[offset] !== '\n') {
    const code = text.codePointAt(offset) as number;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    offset += code < 0x10000 ? 1 : 2;
  }
  return offset;
}

// In characters, as people count a column.
export const columnOf = (text: string, offset: number) =>
  [...text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset)].length + 1;
