// Bad networks, dead servers and impatient fingers, in a real browser against the real server: each
// vote is counted once, and the page never says anything that is not true.
// Usage: node offline_test.mjs PROGRAM FOLDER [STEP ...]. Leaves screenshots in FOLDER.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch, load } from './browser.mjs';
import { Phone } from './phones.mjs';
import { Server, sleep, Staff, until } from './room.mjs';

const [program, folder] = process.argv.slice(2, 4).map((name) => path.resolve(name));
const wanted = process.argv.slice(4);
assert.ok(program && folder, 'usage: node offline_test.mjs PROGRAM FOLDER [STEP ...]');
mkdirSync(folder, { recursive: true });

const NO_CONNECTION = /^No connection/;
const poll = (id) => ({
  id,
  title: id,
  prompt: `How sure are you of ${id}?`,
  ballot: { kind: 'scale', low: 1, high: 5 },
  time: { grace_ms: 200, vote_ms: 600000 },
});
const text = { id: 'text', title: 'text', collect: { who: 'everyone', each: 3, max_graphemes: 200 }, time: { grace_ms: 200 } };
const later = { id: 'later', title: 'later', collect: { who: 'everyone', each: 3, max_graphemes: 200 }, time: { grace_ms: 200 } };
const STEPS = ['silent', 'answered', 'intime', 'killed', 'reopened', 'twice', 'tabs', 'clock', 'late', 'blocked', 'stale', 'ahead', 'shut'];
const SHEET = {
  title: 'A room with bad Wi-Fi',
  languages: ['en'],
  expected_people: 10,
  activities: [...STEPS.map(poll), text, later],
};

let server;
let staff;
let room;
let browser;
const complaints = [];

// What the log says in the end: every event of the room, without the page.
async function events() {
  const answer = await fetch(`${server.url}/api/v1/rooms/${room.room}/export`, {
    headers: { Authorization: `Bearer ${room.tokens.producer}` },
  });
  assert.equal(answer.status, 200, await answer.clone().text());
  const lines = (await answer.text()).trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}

const open = (activity) => staff.advance(activity, 'voting');

// Closes and reveals; the counts must be these, and the ballots of the log no more than `cast`.
async function settle(activity, counts) {
  await staff.advance(activity, 'closed', 'revealed');
  await until(`${activity} has a result`, () => staff.activity(activity).result);
  const { result } = staff.activity(activity);
  assert.deepEqual(result.counts, counts, activity);
  assert.equal(result.people, counts.reduce((a, b) => a + b, 0));
}

async function ballots(activity) {
  const all = await events();
  const first = new Map(all.reverse().map((e) => [e.id, e])); // what was sent again may stand twice
  return [...first.values()].reverse().filter((e) => /ballot\.cast/.test(e.type) && e.activity === activity);
}

// "Counted" is shown after the log has it, never before.
async function countedWasTrue(phone, activity, mark) {
  const first = phone.since(mark).find((s) => s.state === 'counted');
  assert.ok(first, 'counted was shown');
  const [entry] = await ballots(activity);
  assert.ok(first.at >= Date.parse(entry.time), `shown at ${first.at}, recorded ${entry.time}`);
}

const steps = {
  // Nothing arrives any more while the answer is on its way: it may be sent, but is not counted.
  async silent() {
    const phone = await Phone.make('silent');
    await open('silent');
    await phone.pick(4);
    phone.network.silent();
    const mark = phone.mark;
    await phone.send();
    await phone.strip(NO_CONNECTION);
    await phone.fate('saved');
    phone.neverSaid(mark, /counted/i, 'counted, though nothing had arrived');
    assert.match(await phone.page.locator('#strip').innerText(), /1 answer saved on this phone/);
    phone.network.restore();
    await phone.fate('counted');
    await until('the strip goes', async () => !(await phone.page.locator('#strip').innerText()));
    await settle('silent', [0, 0, 0, 1, 0]);
    assert.equal((await ballots('silent')).length, 1);
    await countedWasTrue(phone, 'silent', mark);
    await phone.close();
  },

  // The server has it, and its answer is lost: sent again, it counts once.
  async answered() {
    const phone = await Phone.make('answered');
    await open('answered');
    await phone.pick(2);
    phone.network.silent({ up: true });
    const mark = phone.mark;
    await phone.send();
    await until('the server counts it', () => staff.activity('answered').turnout.answered === 1);
    phone.neverSaid(mark, /counted/i, 'counted, though the phone had not heard of it');
    phone.network.cut();
    await phone.fate('saved');
    phone.network.restore();
    await phone.fate('counted');
    await settle('answered', [0, 1, 0, 0, 0]);
    assert.equal((await ballots('answered')).length, 1, 'one ballot');
    await phone.close();
  },

  // As before, and voting has closed meanwhile: it was in time, and that is what the page says.
  async intime() {
    const phone = await Phone.make('intime');
    await open('intime');
    await phone.pick(3);
    phone.network.silent({ up: true });
    const mark = phone.mark;
    await phone.send();
    await until('the server counts it', () => staff.activity('intime').turnout.answered === 1);
    await staff.advance('intime', 'closed');
    phone.network.restore();
    await phone.page.locator('.closed-screen').waitFor();
    await phone.fate('counted');
    phone.neverSaid(mark, /closed before/, 'late, though it was in time');
    await staff.advance('intime', 'revealed');
    await until('a result', () => staff.activity('intime').result);
    assert.deepEqual(staff.activity('intime').result.counts, [0, 0, 1, 0, 0]);
    await phone.close();
  },

  // kill -9 right after the tap.
  async killed() {
    const phone = await Phone.make('killed');
    await open('killed');
    await phone.pick(5);
    await phone.send();
    await phone.fate('counted');
    await phone.pick(1);
    const mark = phone.mark;
    const dead = server.kill();
    await phone.send();
    await dead;
    await phone.strip(NO_CONNECTION);
    const away = phone.mark;
    await sleep(3000);
    phone.neverSaid(away, /^(counted|sent)/, 'it claimed more than the server knew');
    await server.start();
    await staff.connect();
    await phone.fate('counted');
    await until('connected again', async () => !(await phone.page.locator('#strip').innerText()));
    await settle('killed', [1, 0, 0, 0, 0]);
    assert.ok(phone.since(mark).some((s) => s.state === 'saved'), 'it said that the answer waits');
    await phone.close();
  },

  // The page is closed before the answer got out, and opened again; drafts are there, too.
  async reopened() {
    const phone = await Phone.make('reopened');
    await open('reopened');
    await phone.pick(3);
    await phone.page.reload();
    assert.ok(await phone.page.locator('.tile input[value="3"]').isChecked(), 'the draft survives a reload');
    phone.network.cut();
    await phone.strip(NO_CONNECTION);
    await phone.send();
    await phone.fate('saved');
    await phone.page.close();
    phone.network.restore();
    const mark = phone.mark;
    await phone.open();
    await phone.fate('counted');
    await settle('reopened', [0, 0, 1, 0, 0]);
    assert.equal((await ballots('reopened')).length, 1);
    await countedWasTrue(phone, 'reopened', mark);
    await phone.close();
  },

  // Two taps are one answer, and one text.
  async twice() {
    const phone = await Phone.make('twice');
    await open('twice');
    await phone.pick(4);
    await phone.page.locator('.foot .big').dblclick();
    await phone.fate('counted');
    await phone.page.evaluate(() => {
      const button = document.querySelector('.foot .big');
      for (let i = 0; i < 5; i++) button.click(); // within one task
    });
    await settle('twice', [0, 0, 0, 1, 0]);
    assert.equal((await ballots('twice')).length, 1, 'one ballot');
    await staff.advance('text', 'collecting');
    await phone.page.locator('#text').fill('Only once.');
    await phone.page.evaluate(() => {
      const button = document.querySelector('.foot .big');
      for (let i = 0; i < 5; i++) button.click();
    });
    await phone.page.locator('.own-texts .note').first().waitFor();
    await phone.fate('counted');
    await staff.advance('text', 'closed', 'revealed');
    const added = (await events()).filter((e) => /item\.added/.test(e.type) && e.activity === 'text');
    assert.equal(added.length, 1, 'one text');
    await phone.close();
  },

  // The same phone has the room open twice: the newer one speaks, the older one says so.
  async tabs() {
    const phone = await Phone.make('tabs');
    await open('tabs');
    const first = phone.page;
    await phone.pick(2, first);
    phone.network.cut();
    await phone.strip(NO_CONNECTION, first);
    await phone.send(first);
    await phone.fate('saved', first);
    phone.network.restore();
    const second = await phone.open();
    // Both come back; whoever came last has the room.
    await until('one of them has it', async () => {
      const ended = await Promise.all([first, second].map((page) => page.locator('.ended-screen').count()));
      return ended.filter(Boolean).length === 1 && ended;
    });
    const ended = (await first.locator('.ended-screen').count()) ? first : second;
    const live = ended === first ? second : first;
    await phone.fate('counted', live);
    await ended.locator('.big').click();
    await phone.fate('counted', ended);
    await live.locator('.ended-screen').waitFor();
    await phone.pick(5, ended);
    await phone.send(ended);
    await phone.fate('counted', ended);
    await settle('tabs', [0, 0, 0, 0, 1]);
    const seqs = (await ballots('tabs')).map((e) => e.seq);
    assert.deepEqual(seqs, [1, 2]);
    await phone.close();
  },

  // A clock that is wrong by an hour changes neither the time that is left nor the vote.
  async clock() {
    for (const hours of [-1, 1]) {
      const phone = await Phone.make(`clock${hours}`, { shift: hours * 3600000 });
      if (hours < 0) await open('clock');
      const face = await phone.page.locator('.clock').innerText();
      assert.match(face, /^(10:00|[89]:\d\d)$/, 'of ten minutes');
      await phone.pick(3);
      await phone.send();
      await phone.fate('counted');
      await phone.close();
    }
    await settle('clock', [0, 0, 2, 0, 0]);
  },

  // What comes after the close is told so, and counted nowhere.
  async late() {
    const phone = await Phone.make('late');
    await open('late');
    await phone.pick(4);
    phone.network.cut();
    await phone.strip(NO_CONNECTION);
    const mark = phone.mark;
    await phone.send();
    await phone.fate('saved');
    await staff.advance('late', 'closed');
    phone.network.restore();
    await phone.page.locator('.fate.problem', { hasText: 'closed before this arrived' }).waitFor();
    phone.neverSaid(mark, /counted\b(?<!not counted)/i, 'counted, though it came too late');
    await staff.advance('late', 'revealed');
    await phone.page.locator('.result-screen').waitFor();
    await phone.page.locator('.top button').click();
    await phone.page.locator('.answers .bad', { hasText: 'not counted' }).waitFor();
    assert.equal(staff.activity('late').result.people, 0);
    await phone.close();
  },

  // No WebSocket gets through: HTTP does, with the same states; and back, once one can.
  async blocked() {
    const phone = await Phone.make('blocked');
    const before = phone.network.sockets;
    phone.network.blocked = true;
    phone.network.cut(false);
    await open('blocked');
    await phone.pick(2);
    await phone.send();
    await phone.fate('counted');
    assert.equal(phone.network.sockets, before, 'without a WebSocket');
    await until('the strip goes', async () => !(await phone.page.locator('#strip').innerText()));
    phone.network.cut();
    await phone.pick(5);
    const mark = phone.mark;
    await phone.send();
    await phone.fate('saved');
    await phone.strip(NO_CONNECTION);
    phone.neverSaid(mark, /^counted/, 'counted, though it was cut');
    phone.network.down = false;
    await phone.fate('counted');
    assert.equal(phone.network.sockets, before, 'still without a WebSocket');
    phone.network.blocked = false;
    await until('a WebSocket again', () => phone.network.sockets > before, 120000);
    await phone.pick(1);
    await phone.send();
    await phone.fate('counted');
    await settle('blocked', [1, 0, 0, 0, 0]);
    await phone.close();
  },

  // The ballot came with the page, no connection comes, and voting closes meanwhile.
  async stale() {
    const phone = await Phone.make('stale');
    await phone.page.locator('.top').waitFor();
    await open('stale');
    await phone.page.close();
    phone.network.held = true;
    await phone.open();
    await phone.pick(4);
    const mark = phone.mark;
    await phone.send();
    await phone.fate('saved');
    await staff.advance('stale', 'closed');
    await phone.strip(NO_CONNECTION);
    phone.neverSaid(mark, /^(counted|sent)/, 'it claimed more than the server knew');
    phone.network.restore();
    await phone.page.locator('.fate.problem', { hasText: 'closed before this arrived' }).waitFor();
    phone.neverSaid(mark, /counted\b(?<!not counted)/i, 'counted, though it came too late');
    await staff.advance('stale', 'revealed');
    await until('a result', () => staff.activity('stale').result);
    assert.equal(staff.activity('stale').result.people, 0);
    await phone.close();
  },

  // A newcomer may answer at once; the answer waits until they are let in, and nobody is before they go on.
  async ahead() {
    await open('ahead');
    const phone = await Phone.make('ahead', { joins: false });
    const release = await phone.hinder('**/api/v1/join');
    const { joined } = staff.views.stage.room;
    await phone.page.locator('.privacy-screen .big').waitFor();
    assert.equal(await phone.page.locator('.tile').count(), 0, 'the notice comes first');
    await phone.goOn();
    await phone.pick(2);
    const mark = phone.mark;
    await phone.send();
    await phone.fate('saved');
    await phone.strip(NO_CONNECTION);
    assert.equal(staff.views.stage.room.joined, joined, 'not joined yet');
    phone.neverSaid(mark, /^(counted|sent)/, 'it claimed more than the server knew');
    await release();
    await phone.fate('counted');
    await until('joined', () => staff.views.stage.room.joined === joined + 1);
    await settle('ahead', [0, 1, 0, 0, 0]);
    await countedWasTrue(phone, 'ahead', mark);
    await phone.page.reload();
    await phone.page.locator('.result-screen').waitFor();
    await phone.close();
  },

  // The server is not reached at first; when it is, the doors have been locked: that is said, and nothing counts.
  async shut() {
    await open('shut');
    const phone = await Phone.make('shut', { joins: false });
    const release = await phone.hinder('**/api/v1/join', 'fails');
    await phone.goOn();
    await phone.pick(5);
    const mark = phone.mark;
    await phone.send();
    await phone.strip(NO_CONNECTION);
    await staff.order('doors.set', { locked: true, expected_people: 10 });
    await release();
    await phone.page.locator('.join-screen .problem-text', { hasText: 'doors' }).waitFor();
    phone.neverSaid(mark, /^(counted|sent)/, 'it claimed more than the server knew');
    await staff.order('doors.set', { locked: false, expected_people: 10 });
    await phone.page.locator('.foot .big').first().click(); // the notice was read before
    await phone.pick(1);
    await phone.send();
    await phone.fate('counted');
    await settle('shut', [1, 0, 0, 0, 0]);
    assert.equal((await ballots('shut')).length, 1);
    await phone.close();
  },

  // The second file does not come: that is said, and it is asked for until it does.
  async later() {
    const phone = await Phone.make('later', { joins: false });
    const release = await phone.hinder('**/phone-more-*', 'fails');
    await phone.page.reload();
    await phone.goOn();
    await staff.advance('later', 'collecting');
    await phone.page.locator('.later-screen', { hasText: 'No connection to the server' }).waitFor();
    await phone.page.locator('.top button').click();
    await phone.page.locator('.later-screen').waitFor();
    await phone.page.locator('.top button').click();
    await release();
    await phone.page.locator('#text').fill('It came.');
    await phone.send();
    await phone.page.locator('.own-texts .note').first().waitFor();
    await staff.advance('later', 'closed', 'revealed');
    await phone.close();
  },
};

const data = mkdtempSync(path.join(tmpdir(), 'plenum-offline-'));
let failed = true;
try {
  const flags = (process.env.PLENUM_SERVE_FLAGS || '').split(' ').filter(Boolean);
  server = new Server(program, data, flags);
  await server.start();
  room = await server.makeRoom(SHEET);
  staff = new Staff(server, room, 'producer', load('ws'));
  await staff.open();
  browser = await launch();
  Phone.world = { browser, server, room, folder, complaints };
  for (const [name, step] of Object.entries(steps)) {
    if (wanted.length && !wanted.includes(name)) continue;
    const begin = Date.now();
    await step();
    console.log(`ok  ${name} (${Date.now() - begin} ms)`);
  }
  assert.deepEqual(complaints, [], 'the pages ran without an error');
  staff.close();
  await browser.close();
  await server.stop();
  failed = false;
} finally {
  if (failed) {
    for (const context of browser?.contexts() || []) {
      for (const [i, page] of context.pages().entries()) {
        await page.screenshot({ path: path.join(folder, `failed-${i}.png`) }).catch(() => {});
      }
    }
    console.error(complaints.join('\n'));
    console.error(server?.output.slice(-3000));
    await browser?.close().catch(() => {});
    server?.process?.kill('SIGKILL');
  }
  rmSync(data, { recursive: true, force: true });
}
console.log('offline: all well');
