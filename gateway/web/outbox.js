// What was said but not answered yet. A command is written here before it is first sent, and stays
// until its outcome; after a reconnect or a reload it is sent again, with the same id.

// What was answered is kept for a while too: if the server's machine dies, its copy may lack the
// last of it, and is offered it again (schema/wire.md, Copies).

const SAID = 200; // answered commands that are kept

// An entry: {id, key, command, sent}; offered again also `again`. `key` names what the command is about, for the page: the
// newest entry of a key is what the person last did there.
export class Outbox {
  // With `storage` (keep.js) it survives a reload, under `name`, and what was answered under
  // `saidName`; without, it lives with the page.
  constructor(storage, name, saidName) {
    this.storage = storage;
    this.name = name;
    this.saidName = saidName;
    this.memory = [];
    this.saidMemory = [];
  }

  all() {
    return this.storage ? this.storage.get(this.name) || [] : this.memory;
  }

  // A newer command about the same thing replaces one that has never left this browser.
  add(key, command) {
    const rest = this.all().filter(
      (e) => e.sent || e.key !== key || e.command.type !== 'ballot.cast',
    );
    this.write([...rest, { id: command.id, key, command, sent: false }]);
  }

  markSent(id) {
    this.write(this.all().map((e) => (e.id === id ? { ...e, sent: true } : e)));
  }

  // Takes the answered entry out, and gives it; undefined if it was not here.
  take(id) {
    const all = this.all();
    const entry = all.find((e) => e.id === id);
    if (entry) this.write(all.filter((e) => e !== entry));
    return entry;
  }

  // What was answered, each with the index that it has in the room, in the order of these.
  said() {
    return this.storage ? this.storage.get(this.saidName) || [] : this.saidMemory;
  }

  remember(entry, { outcome, index, ref }) {
    const { again, ...command } = entry.command;
    const place = outcome === 'duplicate' ? ref : index;
    const others = this.said().filter((e) => e.id !== entry.id);
    const said = [...others, { id: entry.id, key: entry.key, command, index: place }];
    this.writeSaid(said.sort((a, b) => a.index - b.index).slice(-SAID));
  }

  // To a server that has only `kept` events of the room. `seen`: how many this page has seen; what
  // was sent and not answered comes after them.
  offerAgain(kept, seen) {
    const said = this.said();
    const offer = (e, again) => ({ ...e, command: { ...e.command, again }, sent: true });
    const lost = said
      .filter((e) => e.index >= kept)
      .map(({ index, ...e }) => ({ ...offer(e, index), again: true }));
    const last = seen || Number.MAX_SAFE_INTEGER;
    const waiting = this.all().map((e) => (e.sent ? offer(e, last) : e));
    this.write([...lost, ...waiting]);
    this.writeSaid(said.filter((e) => e.index < kept));
  }

  // The newest entry of a key.
  latest(key) {
    return this.all()
      .filter((e) => e.key === key)
      .pop();
  }

  writeSaid(entries) {
    if (!this.storage) this.saidMemory = entries;
    else if (entries.length) this.storage.set(this.saidName, entries);
    else this.storage.remove(this.saidName);
  }

  write(entries) {
    if (!this.storage) this.memory = entries;
    else if (entries.length) this.storage.set(this.name, entries);
    else this.storage.remove(this.name);
  }
}
