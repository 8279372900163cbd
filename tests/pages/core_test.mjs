// What a page keeps of what was said, and what it offers again to a copy that has taken over: the
// pages' own modules, on a wire of which this test is the other end.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './browser.mjs';
import { bundled } from './bundle.mjs';

// A browser without storage: keep.ts keeps it as long as the page lives.
globalThis.window = { addEventListener() {}, removeEventListener() {} };
globalThis.document = { addEventListener() {}, removeEventListener() {}, visibilityState: 'visible' };
globalThis.location = { protocol: 'http:', host: 'localhost' };

const { Connection, effect, local, Outbox, signal } = await bundled(`
  export { effect, signal } from './phone/signals';
  export { Connection } from './core/connection';
  export { local } from './core/keep';
  export { Outbox } from './core/outbox';
`);

class Wire {
  static OPEN = 1;
  static all = [];
  constructor() {
    this.readyState = 1;
    this.sent = [];
    Wire.all.push(this);
  }
  send(text) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.readyState = 3;
  }
  say(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }
  static get last() {
    return Wire.all.at(-1);
  }
}
globalThis.WebSocket = Wire;

let pages = 0;
function page(number = ++pages) {
  const views = [];
  const copies = [];
  const answers = [];
  const connection = new Connection({
    token: 'v1.token',
    outbox: new Outbox(local, `outbox.${number}`, `said.${number}`),
    servers: { storage: local, name: `server.${number}` },
    events: {
      link() {},
      welcome() {},
      later() {},
      view: (topic, data) => views.push(data),
      answer: (entry, message) => answers.push([entry, message]),
      copy: (state) => copies.push(state),
    },
  });
  return { number, connection, views, copies, answers };
}

function connect(connection, welcome) {
  connection.connect();
  Wire.last.onopen();
  Wire.last.say({ type: 'welcome', role: 'attendee', room: 'r', time_ms: Date.now(), ...welcome });
  return Wire.last;
}

const vote = (value) => ({ type: 'ballot.cast', activity: 'a', generation: 1, ballot: { value } });
const counted = (id, index) => ({ type: 'outcome', id, outcome: 'counted', index });
const commands = (wire) => wire.sent.filter((m) => m.type !== 'hello');

test('a copy is offered what it lacks, in its order, with the same ids', () => {
  const { connection, answers } = page();
  let wire = connect(connection, { epoch: 1, proof: 'one' });
  assert.equal(wire.sent[0].epoch, undefined);
  const kept = connection.say('k', vote(1));
  const lost = connection.say('l', vote(2));
  const alsoLost = connection.say('m', vote(3));
  const unheard = connection.say('n', vote(4));
  wire.say(counted(kept, 9));
  wire.say(counted(alsoLost, 12));
  wire.say(counted(lost, 10));
  wire.say({ type: 'view', topic: 'stage', version: 13, data: 'old' });
  wire = connect(connection, { epoch: 7, proof: 'seven', kept: 10 });
  assert.deepEqual([wire.sent[0].epoch, wire.sent[0].proof, wire.sent[0].version], [1, 'one', 13]);
  assert.deepEqual(
    commands(wire).map((c) => [c.id, c.again]),
    [
      [lost, 10],
      [alsoLost, 12],
      [unheard, 13],
    ],
  );
  wire.say(counted(lost, 11));
  const [entry] = answers.at(-1);
  assert.equal(entry.again, true);
  assert.deepEqual(
    connection.outbox.said().map((e) => [e.id, e.index, e.command.again]),
    [
      [kept, 9, undefined],
      [lost, 11, undefined],
    ],
  );
});

test('after a reload it is still there, and is offered', () => {
  const first = page();
  let wire = connect(first.connection, { epoch: 1, proof: 'one' });
  const id = first.connection.say('k', vote(1));
  wire.say(counted(id, 9));
  first.connection.stop();
  const { connection } = page(first.number);
  wire = connect(connection, { epoch: 7, proof: 'seven', kept: 0 });
  assert.deepEqual(
    commands(wire).map((c) => [c.id, c.again]),
    [[id, 9]],
  );
});

test('nothing is said to a server that was replaced', () => {
  const { connection } = page();
  connect(connection, { epoch: 7, proof: 'seven' });
  connection.say('k', vote(1));
  const wire = connect(connection, { epoch: 1, proof: 'one' });
  assert.deepEqual(commands(wire), []);
  assert.equal(connection.link.state, 'waiting');
  connection.stop();
});

test('views begin anew, and a duplicate is where it was first', () => {
  const { connection, views } = page();
  let wire = connect(connection, { epoch: 1, proof: 'one' });
  const id = connection.say('k', vote(1));
  wire.say({ type: 'outcome', id, outcome: 'duplicate', index: 20, ref: 9 });
  assert.equal(connection.outbox.said()[0].index, 9);
  wire.say({ type: 'view', topic: 'stage', version: 30, data: 'old' });
  wire = connect(connection, { epoch: 7, proof: 'seven', kept: 15 });
  wire.say({ type: 'view', topic: 'stage', version: 16, data: 'new' });
  assert.deepEqual(views, ['old', 'new']);
  assert.deepEqual(commands(wire), []);
});

test('so many are kept, and no more', () => {
  const outbox = new Outbox(null, '', '');
  for (let i = 0; i < 300; ++i)
    outbox.remember({ id: `${i}`, key: 'k', command: {} }, { outcome: 'counted', index: i });
  assert.equal(outbox.said().length, 200);
  assert.equal(outbox.said()[0].index, 100);
});

test('a presenter hears how the copy stands', () => {
  const { connection, copies } = page();
  const wire = connect(connection, { epoch: 1, proof: 'one' });
  wire.say({ type: 'beat', time_ms: Date.now(), copy: { connected: 1, behind: 3, behind_ms: 400 } });
  wire.say({ type: 'beat', time_ms: Date.now() });
  assert.deepEqual(copies, [{ connected: 1, behind: 3, behind_ms: 400 }]);
});

// Each version of the code, full, by a reader that is not ours.
test('texts of every length become QR codes that are read', async () => {
  const { qrModules } = await bundled("export * from './pictures/qr';");
  const jsQR = load('jsqr');
  const [dot, quiet] = [3, 4];
  const fullest = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412]; // ISO/IEC 18004, table 7
  for (const [i, length] of fullest.entries()) {
    const text = Array.from({ length }, (_, i) => String.fromCharCode(33 + ((i * 7 + length) % 90))).join('');
    const rows = qrModules(text);
    const side = (rows.length + 2 * quiet) * dot;
    const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const dark = rows[Math.floor(y / dot) - quiet]?.[Math.floor(x / dot) - quiet];
        if (dark) pixels.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
      }
    }
    assert.equal(jsQR(pixels, side, side)?.data, text, `${length} bytes`);
    assert.equal(rows.length, 21 + 4 * i);
  }
  assert.equal(qrModules('x'.repeat(413)), null);
});

// The end of what is asked over HTTP: each question waits until the test answers it.
function fakeHttp() {
  const asked = [];
  globalThis.fetch = (where, { body }) =>
    new Promise((done, fail) => {
      const answer = (said) => done({ ok: true, json: async () => said });
      asked.push({ where, ...JSON.parse(body), answer, fail });
    });
  return asked;
}
async function when(holds) {
  while (!holds()) await new Promise((done) => setTimeout(done, 5));
}

test('where no WebSocket gets through, HTTP does; and back, once one can', async () => {
  const { connection, answers } = page();
  const asked = fakeHttp();
  for (let i = 0; i < 2; i++) {
    connection.connect();
    Wire.last.onclose({ code: 1006, reason: '' });
  }
  assert.equal(connection.link.state, 'waiting');
  connection.connect();
  const sockets = Wire.all.length;
  await when(() => asked.length);
  assert.deepEqual(asked[0].messages.map((m) => m.type), ['hello']);
  const welcome = { type: 'welcome', role: 'attendee', room: 'r', time_ms: Date.now() };
  asked[0].answer({ poll: 'p1', messages: [welcome] });
  await when(() => connection.link.state === 'open');
  const id = connection.say('k', vote(1));
  await when(() => asked.at(-1).messages.length);
  const { poll, messages } = asked.at(-1);
  assert.deepEqual([poll, messages.map((m) => m.id)], ['p1', [id]]);
  asked.at(-1).answer({ poll: 'p1', messages: [counted(id, 9)] });
  await when(() => answers.length);
  assert.equal(answers.at(-1)[1].index, 9);
  assert.equal(Wire.all.length, sockets, 'all of it without a WebSocket');
  // Five seconds later one is tried, opens, and is used from then on.
  await when(() => Wire.all.length > sockets);
  Wire.last.onopen();
  assert.equal(connection.link.state, 'waiting');
  connection.connect();
  Wire.last.onopen();
  Wire.last.say(welcome);
  assert.equal(connection.link.state, 'open');
  assert.equal(Wire.last.sent[0].type, 'hello');
  connection.stop();
});

test('values tell those who read them', () => {
  const [a, b] = [signal(1), signal(10)];
  const seen = [];
  effect(() => seen.push(a.value > 1 ? a.value : a.value + b.value));
  b.value = 20;
  b.value = 20; // the same: nothing happens
  a.value = 2;
  b.value = 30; // it is not read any more
  assert.deepEqual(seen, [11, 21, 2]);
});

// --- what the page brought along ---

const early = async (pathname, text) => {
  Object.assign(globalThis.location, { pathname, protocol: 'http:', host: 'localhost' });
  globalThis.document.getElementById = (id) => (id === 'first' && text !== undefined ? { textContent: text } : null);
  return bundled("export * from './core/early';");
};

test('what the page was told is told once, and for its room only', async () => {
  const facts = { time_ms: 5, code: { room: 'aa' }, privacy: { version: 'v' }, stage: { run: [] } };
  const { earlyAnswer, earlyStage } = await early('/r/482913', JSON.stringify(facts));
  assert.equal(earlyAnswer('/api/v1/codes/111111'), undefined);
  assert.deepEqual(earlyAnswer('/api/v1/codes/482913'), { room: 'aa' });
  assert.equal(earlyAnswer('/api/v1/codes/482913'), undefined, 'who asks again wants to know how it is now');
  assert.deepEqual(earlyAnswer('/api/v1/rooms/482913/privacy'), { version: 'v' });
  assert.equal(earlyAnswer('/api/v1/rooms/482913/privacy'), undefined);
  assert.equal(earlyStage('111111'), undefined);
  assert.deepEqual(earlyStage('482913'), { stage: { run: [] }, time: 5 });
});

test('a page that was told nothing, or nonsense, asks', async () => {
  for (const text of [undefined, '', '{', '{}']) {
    const { earlyAnswer, earlyStage } = await early('/r/482913', text);
    assert.equal(earlyAnswer('/api/v1/codes/482913'), undefined, text);
    assert.equal(earlyStage('482913'), undefined, text);
  }
});
