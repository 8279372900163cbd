// What one phone knows: the views, what the person is about to say (drafts), what was said and not
// yet answered (the outbox), and what became of the rest. Screens read it and call its actions.
import { Connection } from './connection.js';
import { local, randomId } from './keep.js';
import { Outbox } from './outbox.js';
import { setLanguages } from './words.js';

const GOOD = ['counted', 'accepted', 'duplicate'];
const PROBLEM = {
  superseded: 'A newer answer of yours counts.',
  stale: 'Another answer of yours counts.',
  late: 'Voting had closed before this arrived, so it is not counted.',
  refused: 'This was not accepted.',
  malformed: 'This was not accepted.',
};

export class Store {
  // `changed(what)` is called after every change.
  constructor({ code, token, changed }) {
    this.code = code;
    this.changed = changed;
    this.answers = new Map();
    this.trouble = '';
    this.outbox = new Outbox(local, `plenum.outbox.${code}`, `plenum.said.${code}`);
    this.connection = new Connection({
      token,
      outbox: this.outbox,
      servers: { storage: local, name: `plenum.server.${code}` },
      events: {
        link: () => this.changed('link'),
        welcome: () => {},
        later: () => this.changed('answer'),
        view: (topic, data) => this.onView(topic, data),
        answer: (entry, message) => this.onAnswer(entry, message),
        trouble: (text) => {
          this.trouble = text;
          this.changed('trouble');
        },
      },
    });
    this.connection.start();
  }

  get link() {
    return this.connection.link;
  }

  onView(topic, data) {
    if (topic === 'stage') {
      setLanguages(data.room && data.room.languages);
      this.stage = data;
      if (this.now && this.now.phase === 'scoring') {
        this.bell = { of: this.key('bell'), round: this.now.round };
      }
    }
    if (topic === 'person') this.person = data;
    this.changed(topic);
  }

  onAnswer(entry, message) {
    const { command } = entry;
    const good = GOOD.includes(message.outcome) || message.outcome === 'ignored';
    const text = good ? '' : message.text || PROBLEM[message.outcome] || '';
    const earlier = this.answers.get(entry.key);
    this.answers.set(entry.key, {
      state: good ? 'counted' : 'problem',
      text,
      command,
      times: (earlier ? earlier.times : 0) + (good && !entry.again ? 1 : 0),
    });
    if (good && command.type !== 'presence.here') this.rememberCounted(command.activity);
    if (!good && command.type === 'item.add' && !this.draft(entry.key)) {
      this.setDraft(entry.key, { text: command.text || '', number: command.number });
    }
    this.changed('answer');
  }

  // --- where we are ---
  get now() {
    return this.stage && this.stage.now;
  }

  // The person view, if it is about the activity on stage.
  get mine() {
    const { now, person } = this;
    const fits =
      now && person && person.activity === now.activity && person.generation === now.generation;
    return fits ? person : {};
  }

  key(what) {
    return `${this.now.activity}/${this.now.generation}/${what}`;
  }

  // The round of the last bell: its cards may be scored until the next one, or the close.
  bellRound() {
    const { now, mine } = this;
    if (this.bell && this.bell.of === this.key('bell')) return this.bell.round;
    return (
      now.round || (mine.deck && mine.deck.scored && mine.deck.scored.round) || now.deal.rounds
    );
  }

  timeLeft() {
    return this.now && this.now.deadline_ms ? this.now.deadline_ms - this.connection.now() : null;
  }

  // saved | sent | counted | problem with a sentence | undefined when nothing was said.
  status(key) {
    const waiting = this.outbox.latest(key);
    const sent = waiting && waiting.sent && !this.connection.unrecorded.has(waiting.id);
    if (waiting) return { state: sent ? 'sent' : 'saved' };
    return this.answers.get(key);
  }

  // --- drafts: survive a reload ---
  draft(key) {
    return (local.get(`plenum.drafts.${this.code}`) || {})[key];
  }

  setDraft(key, value) {
    const drafts = local.get(`plenum.drafts.${this.code}`) || {};
    if (value === undefined) delete drafts[key];
    else drafts[key] = value;
    local.set(`plenum.drafts.${this.code}`, drafts);
    this.changed('draft');
  }

  // What the person last said under `key`, here or (`known`: {seq, ballot}) on another phone.
  said(key, known) {
    const waiting = this.outbox.latest(key);
    if (waiting) return waiting.command.ballot;
    const answer = this.answers.get(key);
    const own = answer && answer.state === 'counted' && answer.command;
    if (own && own.seq >= ((known && known.seq) || 0)) return own.ballot;
    return known && known.ballot;
  }

  // --- actions ---
  cast(key, ballot, knownSeq) {
    this.setDraft(key, undefined);
    this.send(key, { type: 'ballot.cast', seq: this.nextSeq(key, knownSeq), ballot });
  }

  addItem(key, item) {
    this.setDraft(key, undefined);
    this.send(key, { type: 'item.add', ...item });
  }

  pass(key, round, knownSeq) {
    this.send(key, { type: 'card.pass', seq: this.nextSeq(key, knownSeq), round });
  }

  here() {
    this.send(this.key('here'), { type: 'presence.here' });
  }

  send(key, fields) {
    const { activity, generation } = this.now;
    const { type, ...rest } = fields;
    this.connection.say(key, { type, activity, generation, ...rest });
    this.changed('said');
  }

  // Counts up per key, over reloads, and above what the server knows of another phone.
  nextSeq(key, known = 0) {
    const name = `plenum.seqs.${this.code}`;
    const seqs = local.get(name) || {};
    seqs[key] = Math.max(seqs[key] || 0, known || 0) + 1;
    local.set(name, seqs);
    return seqs[key];
  }

  rememberCounted(activity) {
    const name = `plenum.counted.${this.code}`;
    const all = local.get(name) || [];
    if (!all.includes(activity)) local.set(name, [...all, activity]);
  }

  countedActivities() {
    return (local.get(`plenum.counted.${this.code}`) || []).length;
  }

  // The order in which this phone shows things, the same each time (no order should sway).
  shuffled(list, salt) {
    let seed = local.get('plenum.order');
    if (!seed) local.set('plenum.order', (seed = randomId()));
    const rank = new Map(list.map((item) => [item, hash(`${seed}/${salt}/${item.id}`)]));
    return [...list].sort((a, b) => rank.get(a) - rank.get(b));
  }
}

// FNV-1a: spreads, and hides nothing.
function hash(text) {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++)
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  value ^= value >>> 15;
  return Math.imul(value, 0x2c1b3c6d) >>> 0;
}

// A room was left, or its code now opens another: nothing of it is kept.
export function forget(code) {
  for (const kind of ['token', 'outbox', 'said', 'server', 'drafts', 'seqs', 'counted'])
    local.remove(`plenum.${kind}.${code}`);
}
