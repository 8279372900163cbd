// The conversation with the server, for all pages. It greets, sends again what was not answered,
// keeps the newest views, measures the server's clock, and comes back by itself.
// Rules: schema/wire.md.
import { type Keep, randomId } from './keep';
import type { Entry, Note, Outbox } from './outbox';
import { byWhateverWorks, type Transport, type Wire } from './transport';
import type { Answer, Command, CopyState } from './types';

const SECOND = 1000;
const CONNECT_LIMIT = 8 * SECOND;
const SILENCE_LIMIT = 25 * SECOND; // the server beats every ten
const BACKOFF_FIRST = 0.5 * SECOND;
const BACKOFF_CAP = 20 * SECOND;
const STEADY = 5 * SECOND; // connected for so long: the next failure starts afresh
const IN_FLIGHT = 32; // unanswered commands at a time; the server takes 64
const CLOCKS = 8; // measurements of the server's clock that are kept
export const CLOSE = { policy: 1008, tryAgain: 1013, moved: 4001, replaced: 4003 };

export interface Link {
  state: 'connecting' | 'open' | 'waiting' | 'ended';
  since: number;
  code?: number; // why it has ended
  text?: string; // the server's own sentence about it
}

export interface Welcome {
  type: 'welcome';
  role: string;
  room: string;
  epoch?: number;
  proof?: string;
  kept?: number;
}

export interface Message {
  type: string;
  [member: string]: unknown;
}

export interface Events {
  link(): void; // `link` below has changed
  welcome?(message: Welcome): void;
  view(topic: string, data: unknown): void;
  answer(entry: Entry, message: Answer): void;
  later(): void; // `unrecorded` below, or what was sent, has changed
  trouble?(text: string): void; // an error that belongs to no command
  copy?(state: CopyState): void; // how well the server is copied, for those who run the day
  other?(message: Message): void; // what only some pages know: screens, orders to them, beats
}

export interface Setup {
  token: string;
  outbox: Outbox;
  events: Events;
  // Where the latest server of the room is remembered: a copy that takes over has a higher epoch,
  // and then whoever has a lower one is not spoken to any more.
  servers: { storage: Keep; name: string };
  transport?: Transport;
}

export class Connection {
  link: Link = { state: 'connecting', since: Date.now() };
  unrecorded = new Set<string>(); // ids that the server could not record when they were last sent
  private versions = new Map<string, number>();
  private room = '';
  private attempts = 0;
  private offsets: number[] = [];
  private retryAt = new Map<string, number>(); // when a command that was put off may go again
  private flying = new Set<string>();
  private wire: Wire | null = null;
  private openedAt = 0;
  private triedAt = 0;
  private heardAt = 0;
  private ended = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private watch: ReturnType<typeof setInterval> | undefined;
  private wakeUp = () => this.wake();

  constructor(private setup: Setup) {}

  get outbox() {
    return this.setup.outbox;
  }

  start() {
    for (const name of ['pageshow', 'online']) window.addEventListener(name, this.wakeUp);
    document.addEventListener('visibilitychange', this.wakeUp);
    this.watch = setInterval(() => this.tick(), SECOND);
    this.connect();
  }

  stop() {
    for (const name of ['pageshow', 'online']) window.removeEventListener(name, this.wakeUp);
    document.removeEventListener('visibilitychange', this.wakeUp);
    clearInterval(this.watch);
    clearTimeout(this.timer);
    this.ended = true;
    this.drop();
  }

  // Says something: written down first, then sent as soon as may be. Returns the id.
  say(key: string, command: Omit<Command, 'id'>, note?: Note): string {
    const id = randomId();
    this.outbox.add(key, { id, ...command } as Command, note);
    this.pump();
    return id;
  }

  // Says something that nobody keeps: it reaches the server now, or not at all (false).
  tell(message: Message): boolean {
    return !!this.openedAt && this.transmit({ id: randomId(), ...message });
  }

  // The server's clock, in milliseconds since 1970. A message is only ever late, so the largest
  // of the latest differences is the nearest.
  now(): number {
    return Date.now() + (this.offsets.length ? Math.max(...this.offsets) : 0);
  }

  hearTime(ms: number) {
    this.offsets = [...this.offsets.slice(1 - CLOCKS), ms - Date.now()];
  }

  // For how long there has been no connection; 0 while there is one, or none to come.
  awayMs(): number {
    const { state, since } = this.link;
    return state === 'open' || state === 'ended' ? 0 : Math.max(1, Date.now() - since);
  }

  private connect() {
    if (this.ended) return;
    clearTimeout(this.timer);
    this.drop();
    this.openedAt = 0;
    this.triedAt = this.heardAt = Date.now();
    this.become('connecting');
    const mine = (action: () => void) => {
      if (this.wire === wire) action();
    };
    const wire: Wire = (this.setup.transport || byWhateverWorks)({
      open: () => mine(() => this.hello(wire)),
      message: (text) => mine(() => this.hear(text)),
      closed: (code, reason) => mine(() => this.lost(code, reason)),
    });
    this.wire = wire;
  }

  private hello(wire: Wire) {
    const version = this.seen();
    const { token } = this.setup;
    const hello = { type: 'hello', id: randomId(), token, version, ...this.server() };
    wire.send(JSON.stringify(hello));
  }

  // How many of the room's events this page has seen.
  private seen(): number {
    return Math.max(0, ...this.versions.values());
  }

  // The latest server of this room; empty before the first.
  private server(): { epoch?: number; proof?: string } {
    const { storage, name } = this.setup.servers;
    return storage.get(name) || {};
  }

  private become(state: Link['state'], text?: string, code?: number) {
    const still = this.awayMs() > 0 && state !== 'open' && state !== 'ended';
    this.link = { state, text, code, since: still ? this.link.since : Date.now() };
    this.setup.events.link();
  }

  private drop() {
    const { wire } = this;
    this.wire = null;
    this.flying.clear();
    wire?.close();
  }

  private lost(code: number, reason: string) {
    const steady = this.openedAt && Date.now() - this.openedAt > STEADY;
    this.drop();
    this.openedAt = 0;
    if (code === CLOSE.policy || code === CLOSE.moved) {
      this.ended = true;
      clearInterval(this.watch);
      return this.become('ended', reason, code);
    }
    this.attempts = steady ? 1 : this.attempts + 1;
    if (code === CLOSE.tryAgain) this.attempts = Math.max(this.attempts, 4);
    const ceiling = Math.min(BACKOFF_CAP, BACKOFF_FIRST * 2 ** Math.min(this.attempts, 10));
    this.timer = setTimeout(() => this.connect(), Math.random() * ceiling);
    this.become('waiting');
  }

  // The phone was unlocked, or the network is back.
  private wake() {
    if (this.ended || document.visibilityState === 'hidden') return;
    if (!this.wire) return this.connect();
    if (this.openedAt && Date.now() - this.heardAt > 12 * SECOND) {
      this.transmit({ type: 'ping', id: randomId() });
      this.heardAt = Math.max(this.heardAt, Date.now() - SILENCE_LIMIT + 3 * SECOND);
    }
  }

  private tick() {
    const now = Date.now();
    if (this.wire && !this.openedAt && now - this.triedAt > CONNECT_LIMIT) this.lost(0, '');
    else if (this.wire && now - this.heardAt > SILENCE_LIMIT) this.lost(0, '');
    else if (this.retryAt.size) this.pump();
  }

  private hear(text: string) {
    this.heardAt = Date.now();
    let message;
    try {
      message = JSON.parse(text);
    } catch {
      return;
    }
    if (message.time_ms) this.hearTime(message.time_ms);
    switch (message.type) {
      case 'welcome':
        return this.welcomed(message);
      case 'view':
        return this.show(message);
      case 'recorded':
        return this.recorded(message.id);
      case 'outcome':
        return this.answered(message);
      case 'error':
        return this.refused(message);
      case 'beat':
        if (message.copy) this.setup.events.copy?.(message.copy);
    }
    this.setup.events.other?.(message);
  }

  private welcomed(message: Welcome) {
    const { epoch = 0, proof, kept = 0 } = message;
    const known = this.server().epoch || 0;
    if (epoch < known) return this.lost(CLOSE.replaced, '');
    if (known && epoch > known) this.takenOver(kept);
    const { storage, name } = this.setup.servers;
    if (epoch > known) storage.set(name, { epoch, proof });
    if (this.room && this.room !== message.room) this.versions.clear();
    this.room = message.room;
    this.openedAt = Date.now();
    this.setup.events.welcome?.(message);
    this.become('open');
    this.pump();
  }

  // A copy serves now, with `kept` of the room's events: what came later is offered to it again.
  private takenOver(kept: number) {
    this.outbox.offerAgain(kept, this.seen());
    this.versions.clear();
    this.retryAt.clear();
  }

  // A view never goes back to an older one.
  private show({ topic, version, data }: { topic: string; version: number; data: unknown }) {
    if (version < (this.versions.get(topic) || 0)) return;
    this.versions.set(topic, version);
    this.setup.events.view(topic, data);
  }

  private recorded(id: string) {
    if (this.unrecorded.delete(id)) this.setup.events.later();
  }

  private answered(message: Answer) {
    this.landed(message.id);
    const entry = this.outbox.take(message.id);
    if (entry) this.outbox.remember(entry, message);
    if (entry) this.setup.events.answer(entry, message);
    this.pump();
  }

  private landed(id: string) {
    this.flying.delete(id);
    this.unrecorded.delete(id);
    this.retryAt.delete(id);
  }

  private refused(message: Answer & { retry_ms?: number }) {
    if (message.id && message.retry_ms) {
      this.flying.delete(message.id);
      this.retryAt.set(message.id, Date.now() + message.retry_ms * (1 + Math.random() / 2));
      if (message.code === 'busy') return; // for a moment only
      this.unrecorded.add(message.id);
      return this.setup.events.later();
    }
    const entry = message.id ? this.outbox.take(message.id) : undefined;
    if (message.id) this.landed(message.id);
    if (entry) this.setup.events.answer(entry, { ...message, outcome: 'refused' });
    else this.setup.events.trouble?.(message.text || '');
    this.pump();
  }

  // Sends what waits, oldest first; what is about one thing stays in order.
  private pump() {
    if (!this.openedAt || !this.wire) return;
    for (const entry of this.outbox.all()) {
      if (this.flying.size >= IN_FLIGHT) return;
      if (this.flying.has(entry.id) || (this.retryAt.get(entry.id) || 0) > Date.now()) continue;
      this.retryAt.delete(entry.id);
      if (!this.transmit(entry.command)) return;
      this.flying.add(entry.id);
      if (!entry.sent) this.outbox.markSent(entry.id);
      this.setup.events.later();
    }
  }

  private transmit(message: object): boolean {
    return this.wire ? this.wire.send(JSON.stringify(message)) : false;
  }
}
