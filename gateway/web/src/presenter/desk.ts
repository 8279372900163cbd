// What a presenter's page knows, and the commands it gives. Every command says which stage it was
// pressed at, so that pressing twice, or two presenters at once, does it once.
import { signal } from '@preact/signals';
import { Connection, type Message } from '../core/connection';
import { codeFromPath, tab, tokenFromLink } from '../core/keep';
import { roomLanguages } from '../core/language';
import { type Entry, Outbox } from '../core/outbox';
import type { Screen } from '../core/screens';
import type { Answer, Console, ConsoleActivity, CopyState, Result, Stage } from '../core/types';
import { F } from '../words/presenter';

const HISTORY = 60;
const UNDO_MS = 10000;
const TROUBLE_MS = 8000;
const GOOD = ['accepted', 'counted', 'duplicate', 'confirmed'];

export interface Order {
  type: string;
  activity?: string;
  [member: string]: unknown;
}

// What was pressed, what became of it, and how it is taken back.
export interface Deed {
  id: string;
  time: string;
  at: number;
  words: string;
  bad?: boolean;
  waits?: boolean;
  warning?: string; // it was taken, but is to be looked at again
  undo?: Undo;
  undone?: boolean;
}

// What takes a deed back: a command, or what is one as the room stands now; nothing if it is too late.
export type Undo = Order | (() => Order | undefined);
export const undoOf = ({ undo }: Deed): Order | undefined => (typeof undo === 'function' ? undo() : undo);

const code = codeFromPath();
// A phone in the hand of whoever stands on the stage: one button (#t=…&remote).
const asRemote = `plenum.presenter-remote.${code}`;
if (/(?:^#|&)t=/.test(location.hash)) tab.set(asRemote, /&remote\b/.test(location.hash));
export const remote = !!tab.get<boolean>(asRemote);
export const token = tokenFromLink(tab, `plenum.presenter.${code}`) || '';

export const view = signal<Console | null>(null);
export const stage = signal<Stage | null>(null);
export const role = signal('');
export const room = signal('');
export const deeds = signal<Deed[]>([]);
export const looks = signal<Record<string, Result>>({});
export const trouble = signal('');
export const copy = signal<CopyState | null>(null);
export const screens = signal<Screen[]>([]);
export const screensTold = signal(''); // what became of the last order to screens
export const dropped = signal(0); // whose connection was lost in the last minute, and who are not back
export const tick = signal(0);
export const selected = signal(''); // an activity by hand; empty: what is on now

// Called with a sentence when something is refused, for those who listen.
export const heard: { refused: (words: string) => void } = { refused: () => {} };

// In this page only: yesterday's press must not come back.
const outbox = new Outbox(null, '');

export const connection = new Connection({
  token,
  outbox,
  servers: { storage: tab, name: `plenum.presenter-server.${code}` },
  events: {
    link: () => tick.value++,
    later: () => tick.value++,
    copy: (state) => (copy.value = state),
    welcome: (message) => {
      role.value = message.role;
      room.value = message.room;
    },
    view: onView,
    answer: onAnswer,
    other: onOther,
    trouble: complain,
  },
});

export function complain(text: string) {
  trouble.value = text;
  setTimeout(() => (trouble.value = ''), TROUBLE_MS);
}

function onView(topic: string, data: unknown) {
  if (topic === 'stage') {
    stage.value = data as Stage;
    roomLanguages.value = stage.value.room.languages || [];
  }
  if (topic !== 'console') return;
  const next = data as Console;
  const moved = next.activities.filter((a) => {
    const before = view.value?.activities.find((b) => b.activity === a.activity);
    return before && (before.phase !== a.phase || before.generation !== a.generation);
  });
  if (moved.length) {
    const kept = { ...looks.value };
    for (const a of moved) delete kept[a.activity];
    looks.value = kept;
  }
  view.value = next;
}

function onAnswer(entry: Entry, message: Answer) {
  const same = message.outcome === 'ignored';
  const good = GOOD.includes(message.outcome);
  const why = message.text || F().wasRefused;
  deeds.value = deeds.value.map((deed) => {
    if (deed.id !== entry.id) return deed;
    const words = good ? deed.words : same ? F().wasSo(deed.words) : F().refused(deed.words, why);
    const { warning } = message;
    return { ...deed, words, warning, bad: !good && !same, waits: false, undo: good ? deed.undo : undefined };
  });
  if (!good && !same) heard.refused(why);
  else if (message.warning) heard.refused(message.warning);
  if (message.result) {
    const { result } = message;
    const look = typeof result === 'string' ? (JSON.parse(result) as Result) : result;
    looks.value = { ...looks.value, [String(entry.command.activity)]: look };
  }
  tick.value++;
}

function onOther(message: Message) {
  if (message.type === 'screens') screens.value = (message.screens as Screen[]) || [];
  if (message.type === 'ordered') screensTold.value = F().reached(Number(message.screens));
  if (message.type === 'beat') dropped.value = Number(message.dropped) || 0;
}

// Gives a command. `undo`: the command that takes it back, offered for ten seconds and then in the
// history.
export function issue(words: string, order: Order, undo?: Undo) {
  const id = connection.say(words, order);
  const time = new Date().toTimeString().slice(0, 5);
  const deed: Deed = { id, time, at: Date.now(), words, waits: true, undo };
  deeds.value = [deed, ...deeds.value].slice(0, HISTORY);
}

export function takeBack(deed: Deed) {
  const order = undoOf(deed);
  if (!order) return;
  deeds.value = deeds.value.map((d) => (d.id === deed.id ? { ...d, undone: true } : d));
  issue(F().undone(deed.words), order);
}

// The latest deed that can be taken back, while that is offered.
export function freshDeed(): Deed | undefined {
  void tick.value;
  const [deed] = deeds.value;
  const fresh = deed && !deed.waits && !deed.undone && Date.now() - deed.at < UNDO_MS;
  return fresh && undoOf(deed) ? deed : undefined;
}

// The command that takes a step back, as long as the room stands where the step led. Opening is taken
// back by beginning again, while nobody has answered; closing by opening again.
export function stepBack({ activity, phase, generation }: ConsoleActivity): Order | undefined {
  const a = view.value?.activities.find((b) => b.activity === activity);
  if (!a) return undefined;
  const seen = seenOf(a);
  if (phase === 'waiting') {
    const untouched = a.generation === generation + 1 && a.turnout.answered === 0;
    return untouched && ['collecting', 'voting'].includes(a.phase) ? { type: 'activity.restart', activity, seen } : undefined;
  }
  const steps = a.next.map((step) => step.to);
  const to = a.phase === 'closed' ? steps.find((step) => step !== 'revealed') : steps.find((step) => step === phase);
  const forward = ['swapping', 'scoring', 'seated', 'revealed', 'sealed'].includes(a.phase);
  return to && !forward ? { type: 'activity.advance', activity, seen, to } : undefined;
}

export const isWaiting = (type: string) => {
  void tick.value;
  return outbox.all().some((e) => e.command.type === type);
};

export const seenOf = (a: ConsoleActivity) => ({
  generation: a.generation,
  phase: a.phase,
  round: a.round || 0,
});

// --- who may do what: as in the server's table, which decides ---
const MAY: Record<string, string[]> = {
  presenter: ['run', 'merge', 'look', 'sheet', 'doors', 'moderate'],
  moderator: ['merge', 'moderate'],
  keyer: ['key'],
  producer: ['run', 'merge', 'look', 'sheet', 'doors', 'links', 'key', 'moderate', 'erase'],
};
export const may = (what: string) => (MAY[role.value] || []).includes(what);

// A token's second part is base64url JSON, and `i` is its id.
export function tokenId(link: string): string {
  const found = /v1\.[^.]+\.([A-Za-z0-9_-]+)\./.exec(link);
  if (!found) return '';
  try {
    const text = atob(found[1].replace(/-/g, '+').replace(/_/g, '/'));
    return String(JSON.parse(text).i || '');
  } catch {
    return '';
  }
}
