// What was said but not answered yet. A command is written here before it is first sent, and stays
// until its outcome; after a reconnect or a reload it is sent again, with the same id.
//
// What was answered is kept for a while too: if the server's machine dies, its copy may lack the
// last of it, and is offered it again (schema/wire.md, Copies). It is also the person's own day.
import type { Keep } from './keep';
import type { Answer, Command } from './types';

const SAID = 200; // answered commands that are kept

// What the person sees of it later: their words, not the wire's.
export interface Note {
  title: string;
  text: string;
  pictures?: string[]; // of the options that were chosen
}

export interface Entry {
  id: string;
  key: string; // what it is about: the newest entry of a key is what the person last did there
  command: Command;
  sent: boolean;
  again?: boolean; // offered again to a copy
  note?: Note;
}

export interface Said {
  id: string;
  key: string;
  command: Command;
  index?: number;
  outcome?: string;
  at?: number; // this browser's clock, ms
  note?: Note;
}

export class Outbox {
  private memory: Entry[] = [];
  private saidMemory: Said[] = [];

  // With `storage` it survives a reload, under `name`, and what was answered under `saidName`;
  // without, it lives with the page.
  constructor(
    private storage: Keep | null,
    private name: string,
    private saidName = '',
  ) {}

  all(): Entry[] {
    return this.storage ? this.storage.get<Entry[]>(this.name) || [] : this.memory;
  }

  // A newer ballot about the same thing replaces one that has never left this browser.
  add(key: string, command: Command, note?: Note) {
    const rest = this.all().filter(
      (e) => e.sent || e.key !== key || e.command.type !== 'ballot.cast',
    );
    this.write([...rest, { id: command.id, key, command, sent: false, note }]);
  }

  markSent(id: string) {
    this.write(this.all().map((e) => (e.id === id ? { ...e, sent: true } : e)));
  }

  // Takes the answered entry out, and gives it; undefined if it was not here.
  take(id: string): Entry | undefined {
    const all = this.all();
    const entry = all.find((e) => e.id === id);
    if (entry) this.write(all.filter((e) => e !== entry));
    return entry;
  }

  // What was answered, each with the index that it has in the room, in the order of these.
  said(): Said[] {
    return this.storage ? this.storage.get<Said[]>(this.saidName) || [] : this.saidMemory;
  }

  remember(entry: Entry, { outcome, index, ref }: Answer) {
    const { again: _again, ...command } = entry.command;
    const place = outcome === 'duplicate' ? ref : index;
    const { id, key, note } = entry;
    const others = this.said().filter((e) => e.id !== id);
    const said = [...others, { id, key, command, index: place, outcome, at: Date.now(), note }];
    this.writeSaid(said.sort((a, b) => (a.index || 0) - (b.index || 0)).slice(-SAID));
  }

  // To a server that has only `kept` events of the room. `seen`: how many this page has seen; what
  // was sent and not answered comes after them.
  offerAgain(kept: number, seen: number) {
    const said = this.said();
    const lost = said
      .filter((e) => e.index !== undefined && e.index >= kept)
      .map(({ id, key, command, index, note }): Entry => {
        return { id, key, note, command: { ...command, again: index }, sent: true, again: true };
      });
    const last = seen || Number.MAX_SAFE_INTEGER;
    const waiting = this.all().map((e) =>
      e.sent ? { ...e, command: { ...e.command, again: last } } : e,
    );
    this.write([...lost, ...waiting]);
    this.writeSaid(said.filter((e) => e.index === undefined || e.index < kept));
  }

  // The newest entry of a key.
  latest(key: string): Entry | undefined {
    return this.all()
      .filter((e) => e.key === key)
      .pop();
  }

  private writeSaid(entries: Said[]) {
    if (!this.storage) this.saidMemory = entries;
    else if (entries.length) this.storage.set(this.saidName, entries);
    else this.storage.remove(this.saidName);
  }

  private write(entries: Entry[]) {
    if (!this.storage) this.memory = entries;
    else if (entries.length) this.storage.set(this.name, entries);
    else this.storage.remove(this.name);
  }
}
