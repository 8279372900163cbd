// The conversation with the server: one WebSocket, for all three pages. It greets, sends again what
// was not answered, keeps the newest views, measures the server's clock, and comes back by itself.
// Rules: schema/wire.md.
import { randomId } from './keep.js';

const SECOND = 1000;
const CONNECT_LIMIT = 8 * SECOND;
const SILENCE_LIMIT = 25 * SECOND; // the server beats every ten
const BACKOFF_FIRST = 0.5 * SECOND;
const BACKOFF_CAP = 20 * SECOND;
const STEADY = 5 * SECOND; // connected for so long: the next failure starts afresh
const IN_FLIGHT = 32; // unanswered commands at a time; the server takes 64
const CLOSE = { goingAway: 1001, policy: 1008, tryAgain: 1013, moved: 4001, replaced: 4003 };

const FINAL = {
  [CLOSE.policy]: 'This link is no longer valid.',
  [CLOSE.moved]: 'You have opened this room somewhere else. It goes on there.',
};

export class Connection {
  // `events`: link(), when `link` below has changed; welcome(message); view(topic, data);
  // answer(entry, message): the entry of the outbox and its outcome or error; later(), for pages
  // that give commands: `unrecorded` below has changed; trouble(text): an error that belongs to no
  // command; copy(state): how well the server is copied, for presenters.
  // `servers`: {storage, name} where the latest server of the room is remembered: a copy that takes
  // over has a higher epoch, and then whoever has a lower one is not spoken to any more.
  constructor({ token, outbox, events, servers }) {
    this.token = token;
    this.outbox = outbox;
    this.events = events;
    this.servers = servers;
    this.versions = new Map();
    this.room = '';
    this.attempts = 0;
    this.offsets = [];
    this.retryAt = new Map(); // id -> when a command that was put off may go again
    this.flying = new Set();
    this.unrecorded = new Set(); // ids that the server could not record when they were last sent
    this.wake = this.wake.bind(this);
    // {state: connecting | open | waiting | ended, since, text, code}: why it has ended.
    this.link = { state: 'connecting', since: Date.now() };
  }

  start() {
    for (const name of ['pageshow', 'online']) window.addEventListener(name, this.wake);
    document.addEventListener('visibilitychange', this.wake);
    this.watch = setInterval(() => this.tick(), SECOND);
    this.connect();
  }

  stop() {
    for (const name of ['pageshow', 'online']) window.removeEventListener(name, this.wake);
    document.removeEventListener('visibilitychange', this.wake);
    clearInterval(this.watch);
    this.ended = true;
    this.drop();
  }

  // Says something: written down first, then sent as soon as may be. Returns the id.
  say(key, command) {
    const id = randomId();
    this.outbox.add(key, { id, ...command });
    this.pump();
    return id;
  }

  // The server's clock, in milliseconds since 1970. A message is only ever late, so the largest
  // of the latest differences is the nearest.
  now() {
    return Date.now() + (this.offsets.length ? Math.max(...this.offsets) : 0);
  }

  connect() {
    if (this.ended) return;
    clearTimeout(this.timer);
    this.drop();
    this.openedAt = 0;
    this.triedAt = this.heardAt = Date.now();
    this.become('connecting');
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(`${scheme}//${location.host}/ws`, 'plenum.v1');
    this.socket = socket;
    const current = (action) => (event) => {
      if (this.socket === socket) action(event);
    };
    socket.onopen = current(() => {
      const version = Math.max(0, ...this.versions.values());
      const hello = { type: 'hello', id: randomId(), token: this.token, version };
      socket.send(JSON.stringify({ ...hello, ...this.server() }));
    });
    socket.onmessage = current((event) => this.hear(event.data));
    socket.onclose = current((event) => this.lost(event.code, event.reason));
  }

  // {epoch, proof} of the latest server of this room; empty before the first.
  server() {
    return this.servers.storage.get(this.servers.name) || {};
  }

  become(state, text, code) {
    const still = this.awayMs() > 0 && state !== 'open' && state !== 'ended';
    this.link = { state, text, code, since: still ? this.link.since : Date.now() };
    this.events.link();
  }

  // For how long there has been no connection; 0 while there is one, or none to come.
  awayMs() {
    const { state, since } = this.link;
    return state === 'open' || state === 'ended' ? 0 : Math.max(1, Date.now() - since);
  }

  drop() {
    const socket = this.socket;
    this.socket = null;
    this.flying.clear();
    if (socket && socket.readyState <= WebSocket.OPEN) socket.close();
  }

  lost(code, reason) {
    const steady = this.openedAt && Date.now() - this.openedAt > STEADY;
    this.drop();
    if (FINAL[code]) {
      this.ended = true;
      clearInterval(this.watch);
      return this.become('ended', reason || FINAL[code], code);
    }
    this.attempts = steady ? 1 : this.attempts + 1;
    if (code === CLOSE.tryAgain) this.attempts = Math.max(this.attempts, 4);
    const ceiling = Math.min(BACKOFF_CAP, BACKOFF_FIRST * 2 ** Math.min(this.attempts, 10));
    this.timer = setTimeout(() => this.connect(), Math.random() * ceiling);
    this.become('waiting');
  }

  // The phone was unlocked, or the network is back.
  wake() {
    if (this.ended || document.visibilityState === 'hidden') return;
    if (!this.socket) return this.connect();
    if (this.openedAt && Date.now() - this.heardAt > 12 * SECOND) {
      this.transmit({ type: 'ping', id: randomId() });
      this.heardAt = Math.max(this.heardAt, Date.now() - SILENCE_LIMIT + 3 * SECOND);
    }
  }

  tick() {
    const now = Date.now();
    if (this.socket && !this.openedAt && now - this.triedAt > CONNECT_LIMIT) this.lost(0, '');
    else if (this.socket && now - this.heardAt > SILENCE_LIMIT) this.lost(0, '');
    else if (this.retryAt.size) this.pump();
  }

  hear(text) {
    this.heardAt = Date.now();
    let message;
    try {
      message = JSON.parse(text);
    } catch (e) {
      return;
    }
    if (message.time_ms) this.offsets = [...this.offsets.slice(-7), message.time_ms - Date.now()];
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
        return message.copy && this.events.copy && this.events.copy(message.copy);
    }
  }

  welcomed(message) {
    const { epoch: known = 0 } = this.server();
    const { epoch = 0, proof, kept = 0 } = message;
    // Replaced, and come back without knowing it: what is said there would be lost.
    if (epoch < known) return this.lost(CLOSE.replaced, '');
    if (known && epoch > known) this.takenOver(kept);
    if (epoch > known) this.servers.storage.set(this.servers.name, { epoch, proof });
    if (this.room && this.room !== message.room) this.versions.clear();
    this.room = message.room;
    this.openedAt = Date.now();
    this.events.welcome(message);
    this.become('open');
    this.pump();
  }

  // A copy serves now, with `kept` of the room's events: what came later is offered to it again.
  takenOver(kept) {
    this.outbox.offerAgain(kept, Math.max(0, ...this.versions.values()));
    this.versions.clear();
    this.retryAt.clear();
  }

  // A view never goes back to an older one.
  show({ topic, version, data }) {
    if (version < (this.versions.get(topic) || 0)) return;
    this.versions.set(topic, version);
    this.events.view(topic, data);
  }

  recorded(id) {
    if (this.unrecorded.delete(id)) this.events.later();
    if (this.events.recorded) this.events.recorded(id);
  }

  answered(message) {
    this.flying.delete(message.id);
    this.unrecorded.delete(message.id);
    this.retryAt.delete(message.id);
    const entry = this.outbox.take(message.id);
    if (entry) this.outbox.remember(entry, message);
    if (entry) this.events.answer(entry, message);
    this.pump();
  }

  refused(message) {
    if (message.id && message.retry_ms) {
      this.flying.delete(message.id);
      this.retryAt.set(message.id, Date.now() + message.retry_ms * (1 + Math.random() / 2));
      if (message.code === 'busy') return; // for a moment only
      this.unrecorded.add(message.id);
      return this.events.later();
    }
    const entry = message.id && this.outbox.take(message.id);
    this.flying.delete(message.id);
    this.unrecorded.delete(message.id);
    if (entry) this.events.answer(entry, { ...message, outcome: 'refused' });
    else if (this.events.trouble) this.events.trouble(message.text);
    this.pump();
  }

  // Sends what waits, oldest first; what is about one thing stays in order.
  pump() {
    if (!this.openedAt || !this.socket) return;
    for (const entry of this.outbox.all()) {
      if (this.flying.size >= IN_FLIGHT) return;
      if (this.flying.has(entry.id) || (this.retryAt.get(entry.id) || 0) > Date.now()) continue;
      this.retryAt.delete(entry.id);
      if (!this.transmit(entry.command)) return;
      this.flying.add(entry.id);
      if (!entry.sent) this.outbox.markSent(entry.id);
    }
  }

  transmit(message) {
    if (!this.socket || this.socket.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }
}
