// What the page knows: the organiser's token (for this tab only), the draft that is open, what the
// server says of it, and the rooms that were made in this browser.
import { batch, computed, effect, signal, untracked } from '@preact/signals';
import { local, randomId, tab, tokenFromLink } from '../core/keep';
import { roomLanguages } from '../core/language';
import type { Text } from '../core/types';
import { type Check, checkSheet, failed, type Made, makeRoom, type Problem } from './server';
import { at, format, languagesOf, listAt, type Members, type Path, put, read, textOf } from './sheet';

const CHECK_AFTER_MS = 500;
const STEPS_BACK = 100;
const ONE_STEP_MS = 1500; // what is typed within this time is taken back at once
const MOST_ROOMS = 50;
const TOKEN = 'plenum.organiser';
const DRAFTS = 'plenum.drafts';
const ROOMS = 'plenum.rooms';

// --- where we are: #/draft/ID, #/room/HEX, #/room/HEX/guests, #/room/HEX/team ---

const whereNow = () => location.hash.replace(/^#\/?/, '').split('/');
export const token = signal(tokenFromLink(tab, TOKEN) || '');
export const route = signal(whereNow());

export function go(...steps: string[]) {
  location.hash = `/${steps.join('/')}`;
}

window.addEventListener('hashchange', () => {
  // A link with a token was opened in this very tab.
  token.value = tokenFromLink(tab, TOKEN) || '';
  route.value = whereNow();
});

// A link, or the token that stands in it. False if it is neither.
export function takeToken(text: string): boolean {
  const found = /v1\.[\w.-]{20,}/.exec(text);
  if (!found) return false;
  tab.set(TOKEN, found[0]);
  token.value = found[0];
  refused.value = false;
  return true;
}

// --- drafts ---

export interface Draft {
  id: string;
  text: string;
  title: Text;
  changed: number; // milliseconds since 1970
}

export const drafts = signal<Draft[]>(local.get<Draft[]>(DRAFTS) || []);
export const open = signal(''); // the id of the draft
export const source = signal('');
export const sheet = computed(() => read(source.value));
export const languages = computed(() => languagesOf(sheet.value));
export const chosen = signal(-1); // an activity in the form; -1: the day itself
export const check = signal<(Check & { text: string }) | null>(null); // of the text that it was told
const past = signal<{ text: string; at: number }[]>([]);
export const canUndo = computed(() => past.value.length > 0);

// Another tab may have written meanwhile: each draft is replaced by itself.
function keepDrafts(change: (all: Draft[]) => Draft[]) {
  drafts.value = change(local.get<Draft[]>(DRAFTS) || []);
  local.set(DRAFTS, drafts.value);
}

export function begin(text: string) {
  const id = randomId().slice(0, 12);
  take(id, text);
  keep(id);
  go('draft', id);
}

function take(id: string, text: string) {
  batch(() => {
    open.value = id;
    source.value = text;
    past.value = [];
    chosen.value = -1;
    check.value = null;
  });
}

function keep(id: string) {
  const now = sheet.value;
  const old = drafts.value.find((draft) => draft.id === id);
  const title = now ? textOf(now.title, languagesOf(now)) : old?.title || {};
  const draft = { id, text: source.value, title, changed: Date.now() };
  keepDrafts((all) => [draft, ...all.filter((other) => other.id !== id)]);
}

effect(() => {
  const [kind, id] = route.value;
  const draft = untracked(() => drafts.value.find((one) => one.id === id));
  if (kind === 'draft' && draft && untracked(() => open.value) !== id) take(id, draft.text);
});

export function forgetDraft(id: string) {
  if (open.value === id) open.value = '';
  keepDrafts((all) => all.filter((draft) => draft.id !== id));
}

// The text as it is now. What was there before can be had back; typing goes by the mouthful.
export function write(text: string, step = true) {
  if (text === source.value) return;
  const latest = past.value[past.value.length - 1];
  const joins = !step && latest && Date.now() - latest.at < ONE_STEP_MS;
  batch(() => {
    if (joins) past.value = [...past.value.slice(0, -1), { text: latest.text, at: Date.now() }];
    else past.value = [...past.value.slice(1 - STEPS_BACK), { text: source.value, at: step ? 0 : Date.now() }];
    source.value = text;
  });
  keep(open.value);
}

export function undo() {
  const latest = past.value[past.value.length - 1];
  if (!latest) return;
  batch(() => {
    past.value = past.value.slice(0, -1);
    source.value = latest.text;
  });
  keep(open.value);
}

// The sheet with another value at one place. `step`: by a button, and not by typing.
export function set(path: Path, value: unknown, step = false) {
  replace(put(sheet.value || {}, path, value) as Members, step);
}

export const replace = (changed: Members, step = true) => write(`${format(changed)}\n`, step);

export const valueAt = (path: Path) => at(sheet.value, path);

effect(() => {
  roomLanguages.value = languages.value;
});

// --- what the server says of it ---

export const checking = signal(false);
export const unheard = signal(false); // the server did not answer
export const refused = signal(false); // it does not take the token
export const fresh = computed(() => (check.value && check.value.text === source.value ? check.value : null));

export const problemsAt = (place: string): Problem[] =>
  (fresh.value?.problems || []).filter((problem) => problem.pointer === place);
export const problemsUnder = (place: string): Problem[] =>
  (fresh.value?.problems || []).filter(({ pointer }) => pointer === place || pointer.startsWith(`${place}/`));

let timer: ReturnType<typeof setTimeout> | undefined;
let asking: AbortController | undefined;

effect(() => {
  const text = source.value;
  if (!open.value || !token.value) return;
  clearTimeout(timer);
  asking?.abort();
  checking.value = true;
  timer = setTimeout(() => void checkNow(text), CHECK_AFTER_MS);
});

export async function checkNow(text = source.value) {
  asking?.abort();
  const mine = (asking = new AbortController());
  checking.value = true;
  const answer = await checkSheet(text, token.value, mine.signal);
  if (mine.signal.aborted) return;
  batch(() => {
    checking.value = false;
    refused.value = answer.status === 401;
    unheard.value = failed(answer) && answer.status !== 401;
    if (!failed(answer)) check.value = { ...answer.body, text };
  });
}

// --- rooms ---

export interface Room extends Made {
  title: Text;
  made: number;
  locked?: boolean; // joining takes a personal code
  activities?: Record<string, Text>; // their titles
}

export const rooms = signal<Room[]>(local.get<Room[]>(ROOMS) || []);

function keepRooms(change: (all: Room[]) => Room[]) {
  rooms.value = change(local.get<Room[]>(ROOMS) || []).slice(0, MOST_ROOMS);
  local.set(ROOMS, rooms.value);
}

export const forgetRoom = (id: string) => keepRooms((all) => all.filter(({ room }) => room !== id));

// The server's own sentence if no room was made; empty if it was not heard, nothing if there is one.
export async function make(): Promise<string | undefined> {
  const text = source.value;
  const now = sheet.value;
  const answer = await makeRoom(text, token.value);
  if (failed(answer)) {
    refused.value = answer.status === 401;
    return answer.text;
  }
  const { problems, room, code, links } = answer.body;
  if (problems) {
    check.value = { problems, text };
    return '';
  }
  const tags = languagesOf(now);
  const title = textOf(now?.title, tags);
  const activities = Object.fromEntries(listAt(now, ['activities']).map((a) => [String(at(a, ['id'])), textOf(at(a, ['title']), tags)]));
  keepRooms((all) => [{ room, code, links, title, activities, made: Date.now(), locked: now?.join === 'codes' }, ...all]);
  go('room', room);
  return undefined;
}

// The token that stands in a link.
export const tokenIn = (link = '') => link.split('#t=')[1] || '';
