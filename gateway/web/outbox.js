// What was said but not answered yet. A command is written here before it is first sent, and stays
// until its outcome; after a reconnect or a reload it is sent again, with the same id.

// An entry: {id, key, command, sent}. `key` names what the command is about, for the page: the
// newest entry of a key is what the person last did there.
export class Outbox {
  // With `storage` (keep.js) it survives a reload, under `name`; without, it lives with the page.
  constructor(storage, name) {
    this.storage = storage;
    this.name = name;
    this.memory = [];
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

  // The newest entry of a key.
  latest(key) {
    return this.all()
      .filter((e) => e.key === key)
      .pop();
  }

  write(entries) {
    if (!this.storage) this.memory = entries;
    else if (entries.length) this.storage.set(this.name, entries);
    else this.storage.remove(this.name);
  }
}
