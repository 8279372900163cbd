// What one phone knows: the views, what the person is about to say (drafts), what was said and not
// yet answered (the outbox), and what became of the rest. Screens read it and call its actions;
// whatever a screen reads here makes it draw itself again when it changes.
import { signal } from '@preact/signals';
import { Connection, type Setup } from '../core/connection';
import { earlyStage } from '../core/early';
import { roomLanguages } from '../core/language';
import { local, randomId } from '../core/keep';
import { type Entry, type Note, Outbox, type Said } from '../core/outbox';
import type { Answer, Ballot, Now, Person, Stage, Text } from '../core/types';
import { P } from '../words/phone';
import { problemWords } from './problems';

const GOOD = ['counted', 'accepted', 'duplicate', 'ignored'];
const TROUBLE_MS = 8000;

export interface Fate {
  state: 'saved' | 'sent' | 'counted' | 'problem';
  text?: string;
  command?: Answer | Entry['command'];
  times?: number; // how often it was good, for what is said again and again
}

export interface Seat { title?: Text; round: number; rounds?: number; table: number }

export const STORED = [
  'token', 'outbox', 'said', 'server', 'drafts', 'seqs', 'read', 'group', 'told', 'seats', 'results',
];
const under = (what: string, code: string) => `plenum.${what}.${code}`;

export class Store {
  stage = signal<Stage | null>(null);
  person = signal<Person | null>(null);
  trouble = signal('');
  // A number that grows with every change of what is not a view: the outbox, drafts, the link.
  private changes = signal(0);
  private answers = new Map<string, Fate>();
  private bell: { of: string; round: number } | null = null;
  private outbox: Outbox;
  connection: Connection;
  early = false; // what is shown came with the page, and may have changed since
  private setup: Setup;
  heard: ((entry: Entry, good: boolean, text: string) => void) | null = null;

  constructor(readonly code: string) {
    this.outbox = new Outbox(local, under('outbox', code), under('said', code));
    this.setup = {
      token: '',
      outbox: this.outbox,
      servers: { storage: local, name: under('server', code) },
      events: {
        link: () => this.touch(),
        later: () => this.touch(),
        view: (topic, data) => this.onView(topic, data),
        answer: (entry, message) => this.onAnswer(entry, message),
        trouble: (text) => this.complain(text),
      },
    };
    this.connection = new Connection(this.setup);
    for (const { key, command, outcome = '' } of this.outbox.said()) {
      if (command.type === 'ballot.cast' && GOOD.includes(outcome)) this.answers.set(key, { state: 'counted', command });
    }
    const early = earlyStage(code);
    if (!early) return;
    this.connection.hearTime(early.time);
    this.onView('stage', early.stage);
    this.early = true;
  }

  // From now on there is a person who takes part.
  enter(token: string) {
    this.setup.token = token;
    this.connection.start();
  }

  touch() {
    this.changes.value++;
  }

  private complain(text: string) {
    this.trouble.value = text;
    setTimeout(() => (this.trouble.value = ''), TROUBLE_MS);
  }

  private onView(topic: string, data: unknown) {
    this.early = false;
    if (topic === 'stage') {
      const stage = data as Stage;
      roomLanguages.value = stage.room.languages || [];
      this.stage.value = stage;
      const { now } = stage;
      if (now?.phase === 'scoring') this.bell = { of: this.key('bell'), round: now.round };
    }
    if (topic === 'person') this.person.value = data as Person;
    this.keepForMyDay();
  }

  // Where one sat, and what the results were, is told only while it is on.
  private keepForMyDay() {
    const { now } = this;
    if (!now) return;
    const { title, prompt, round, rounds, phase, ballot, result, by_group, tables, items, activity, generation } = now;
    const table = this.mine.table?.now;
    if (table && phase === 'seated') this.collect('seats', this.key(String(round)), { title, round, rounds, table });
    if (!result || (phase !== 'revealed' && phase !== 'sealed')) return;
    const texts = result.kind === 'items' || result.kind === 'deck' ? items : undefined;
    this.collect('results', this.key(''), { activity, generation, title, prompt, phase, ballot, result, by_group, tables, items: texts });
  }

  private collect(what: 'seats' | 'results', key: string, value: unknown) {
    const all = this.keep<Record<string, unknown>>(what) || {};
    if (JSON.stringify(all[key]) !== JSON.stringify(value)) this.setKept(what, { ...all, [key]: value });
  }

  seats(): Seat[] {
    return Object.values(this.keep<Record<string, Seat>>('seats') || {});
  }

  results(): Now[] {
    return Object.values(this.keep<Record<string, Now>>('results') || {});
  }

  // What this person wrote in an activity.
  ownIds(activity: string): string[] {
    const said = this.day().filter((e) => e.command.type === 'item.add' && e.command.activity === activity);
    return [...said, ...(this.mine.contributions || [])].map((e) => e.id);
  }

  private onAnswer(entry: Entry, message: Answer) {
    const { command, key } = entry;
    // "I'm here" and moves have no answer to lose: sent again after the close, they were heard before.
    const good = GOOD.includes(message.outcome) || (message.outcome === 'late' && !entry.note);
    const text = good ? '' : problemWords(message);
    const earlier = this.answers.get(key)?.times || 0;
    const times = earlier + (good && !entry.again ? 1 : 0);
    this.answers.set(key, { state: good ? 'counted' : 'problem', text, command, times });
    if (!good && command.type === 'item.add' && !this.draft(key)) {
      const { text: words = '', number, fields } = command;
      this.setDraft(key, { text: words, number, fields });
    }
    this.heard?.(entry, good, text);
    this.touch();
  }

  // --- where we are ---
  get now(): Now | undefined {
    return this.stage.value?.now;
  }

  // The person view, if it is about the activity on stage.
  get mine(): Person {
    const { now } = this;
    const person = this.person.value;
    const fits =
      now && person && person.activity === now.activity && person.generation === now.generation;
    return fits ? person : {};
  }

  key(what: string): string {
    const { activity = '', generation = 0 } = this.now || {};
    return `${activity}/${generation}/${what}`;
  }

  // The round of the last bell: its cards may be scored until the next one, or the close.
  bellRound(): number {
    const { now, mine } = this;
    if (this.bell && this.bell.of === this.key('bell')) return this.bell.round;
    return now?.round || mine.deck?.scored?.round || now?.deal?.rounds || 0;
  }

  timeLeft(): number | null {
    const deadline = this.now?.deadline_ms;
    return deadline ? deadline - this.connection.now() : null;
  }

  // --- what was said ---
  waiting(): Entry[] {
    void this.changes.value;
    return this.outbox.all();
  }

  waitingUnder(key: string): Entry[] {
    return this.waiting().filter((e) => e.key === key);
  }

  fate(key: string): Fate | undefined {
    const waiting = this.waitingUnder(key).pop();
    if (!waiting) return this.answers.get(key);
    const sent = waiting.sent && !this.connection.unrecorded.has(waiting.id);
    const open = this.connection.link.state === 'open';
    return { state: sent && open ? 'sent' : 'saved' };
  }

  // What the person last said under `key`, here or (`known`) on another phone.
  said(key: string, known?: { seq: number; ballot: Ballot }): Ballot | undefined {
    const waiting = this.waitingUnder(key).pop();
    if (waiting) return waiting.command.ballot as Ballot;
    const own = this.answers.get(key);
    const command = own?.state === 'counted' ? (own.command as Entry['command']) : undefined;
    if (command && Number(command.seq) >= (known?.seq || 0)) return command.ballot as Ballot;
    return known?.ballot;
  }

  // The person's day on this phone, in the order of the room.
  day(): Said[] {
    void this.changes.value;
    return this.outbox.said();
  }

  countedAnswers(): number {
    const good = this.day().filter((e) => GOOD.includes(e.outcome || 'counted') && e.note);
    return new Set(good.map((e) => e.key)).size;
  }

  // The picture that the person chose in one of these activities.
  pictureFrom(activities: string[] = []): string {
    const chosen = this.day().filter(
      (e) => activities.includes(String(e.command.activity)) && e.note?.pictures?.length,
    );
    return chosen.pop()?.note?.pictures?.[0] || '';
  }

  // --- what this browser keeps for the room: drafts survive a reload ---
  keep<T>(what: string): T | undefined {
    void this.changes.value;
    return local.get<T>(under(what, this.code));
  }

  setKept(what: string, value: unknown) {
    local.set(under(what, this.code), value);
    this.touch();
  }

  draft<T>(key: string): T | undefined {
    return (this.keep<Record<string, T>>('drafts') || {})[key];
  }

  setDraft(key: string, value: unknown) {
    const drafts = { ...this.keep<Record<string, unknown>>('drafts') };
    if (value === undefined) delete drafts[key];
    else drafts[key] = value;
    this.setKept('drafts', drafts);
  }

  // --- actions ---
  // A second tap in the same moment, before anything is drawn again, says nothing new.
  cast(key: string, ballot: Ballot, knownSeq: number | undefined, note: Note) {
    if (JSON.stringify(this.said(key)) === JSON.stringify(ballot)) return this.setDraft(key, undefined);
    this.setDraft(key, undefined);
    this.tellGroup();
    this.send(key, { type: 'ballot.cast', seq: this.nextSeq(key, knownSeq), ballot }, note);
  }

  addItem(key: string, item: Record<string, unknown>, note: Note) {
    if (this.draft(key) === undefined) return;
    this.setDraft(key, undefined);
    this.tellGroup();
    this.send(key, { type: 'item.add', ...item }, note);
  }

  pass(key: string, round: number, knownSeq: number) {
    if (this.waitingUnder(key).length) return;
    this.send(key, { type: 'card.pass', seq: this.nextSeq(key, knownSeq), round });
  }

  here() {
    if (this.waitingUnder(this.key('here')).length) return;
    this.tellGroup();
    this.send(this.key('here'), { type: 'presence.here' });
  }

  visit(table: number) {
    this.send(this.key('visit'), { type: 'table.visit', table });
  }

  host(table: number, hosts: boolean) {
    this.send(this.key('host'), { type: 'table.host', table, hosts });
  }

  withdraw(activity: string, item: string) {
    this.connection.say(`withdraw/${item}`, { type: 'item.withdraw', activity, item });
    this.touch();
  }

  tellOrganisers(text: string) {
    this.setDraft('told', undefined);
    this.connection.say('told', { type: 'organiser.tell', text });
    this.touch();
  }

  // A group is told for the series of an activity, so that series stay apart: each time that the
  // person first takes part in one, and only if they chose to say it.
  private tellGroup() {
    const group = this.keep<string>('group');
    const activity = this.now?.activity;
    const told = this.keep<Record<string, string>>('told') || {};
    if (!group || !activity || told[activity] === group) return;
    this.setKept('told', { ...told, [activity]: group });
    this.connection.say(`group/${activity}`, { type: 'group.tell', activity, group });
  }

  private send(key: string, { type, ...rest }: { type: string; [member: string]: unknown }, note?: Note) {
    const { activity, generation } = this.now || {};
    this.connection.say(key, { type, activity, generation, ...rest }, note);
    this.touch();
  }

  // Counts up per key, over reloads, and above what the server knows of another phone.
  private nextSeq(key: string, known = 0): number {
    const seqs = { ...this.keep<Record<string, number>>('seqs') };
    seqs[key] = Math.max(seqs[key] || 0, known) + 1;
    this.setKept('seqs', seqs);
    return seqs[key];
  }

  // The order in which this phone shows things, the same each time (no order should sway).
  shuffled<T extends { id: string }>(list: T[], salt: string): T[] {
    let seed = local.get<string>('plenum.order');
    if (!seed) local.set('plenum.order', (seed = randomId()));
    const rank = new Map(list.map((item) => [item, hash(`${seed}/${salt}/${item.id}`)]));
    return [...list].sort((a, b) => (rank.get(a) || 0) - (rank.get(b) || 0));
  }

  offlineWords(): string {
    const waiting = this.waiting().length;
    const { unrecorded } = this.connection;
    if (this.connection.awayMs() > 2500) {
      return waiting ? P().offlineWith(waiting) : P().offline;
    }
    return unrecorded.size ? P().unrecorded(waiting) : this.trouble.value;
  }
}

// FNV-1a: spreads, and hides nothing.
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  value ^= value >>> 15;
  return Math.imul(value, 0x2c1b3c6d) >>> 0;
}

// A room was left, or its code now opens another: nothing of it is kept.
export function forget(code: string) {
  for (const what of STORED) local.remove(under(what, code));
}
