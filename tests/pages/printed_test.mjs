// What is printed leads where it says, in a real browser against the real server: badges with personal
// codes, signs on tables, posters of the gallery. And texts that are out to do harm stay texts.
// Usage: node printed_test.mjs PROGRAM FOLDER. Leaves screenshots in FOLDER.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch, load, Page } from './browser.mjs';
import { Person, Server, Staff, until } from './room.mjs';

const [program, folder] = process.argv.slice(2).map((name) => path.resolve(name));
assert.ok(program && folder, 'usage: node printed_test.mjs PROGRAM FOLDER');
mkdirSync(folder, { recursive: true });

const both = (en, cy) => ({ en, cy });
const POSTERS = Array.from({ length: 14 }, (_, i) => ({ id: `p${i + 1}`, number: i + 1, title: `Poster about thing ${i + 1}` }));
const SHEET = {
  title: both('Printed things', 'Pethau printiedig'),
  languages: ['en', 'cy'],
  expected_people: 9,
  join: 'codes',
  groups: [
    { id: 'north', title: both('The north', 'Y gogledd') },
    { id: 'south', title: both('The south', 'Y de') },
  ],
  activities: [
    { id: 'cafe', title: both('Café', 'Caffi'), collect: { who: 'table-hosts', each: 3, max_graphemes: 200 }, items: POSTERS.slice(0, 3),
      seats: { rounds: 1, capacity: 9, tables: 3, planned: false } },
    { id: 'gallery', title: both('Gallery', 'Oriel'), ballot: { kind: 'dots', budget: 5, cap: 5 }, items: POSTERS, shuffle_items: false, time: { grace_ms: 200 } },
  ],
};

const complaints = [];
const findings = [];
const size = { width: 390, height: 760 };
let server;
let browser;
let room;
let staff;
let codes;

const look = async (page, state) => findings.push(...(await page.inspect(folder, state)));
const openPhone = (name, where, way = 'en') => Page.open(browser, name, `${server.url}${where}`, size, way, complaints);
const big = (page) => page.page.locator('.foot .big:not(.quiet)').first();

async function pastNotice(page, group = 0) {
  await page.page.locator('.privacy-screen .big').click();
  await page.page.locator('.option input').nth(group).check();
  await big(page).click();
}

const steps = {
  // A badge lets in, and its code leaves the address bar; without one there is a field for it.
  async badges() {
    const phone = await openPhone('badge', `/r/${room.code}#b=${codes[0]}`);
    await phone.page.locator('.privacy-screen').waitFor();
    assert.equal(await phone.page.evaluate(() => location.hash), '');
    await pastNotice(phone);
    await phone.page.locator('.waiting-screen').waitFor();
    await phone.page.reload();
    await phone.page.locator('.waiting-screen').waitFor();
    await until('one person is there', () => staff.views.console.room.joined === 1);

    const typed = await openPhone('typed', `/r/${room.code}`, 'cy');
    await typed.page.locator('#badge').fill('k3mv 7qxb pa2d');
    assert.equal(await typed.page.locator('#badge').inputValue(), 'K3MV-7QXB-PA2D');
    assert.ok(await big(typed).isDisabled());
    await typed.page.locator('#badge').fill(`${codes[1].slice(0, -1)}${codes[1].endsWith('A') ? 'C' : 'A'}`);
    await big(typed).click();
    await typed.page.locator('.privacy-screen .big').click();
    await typed.page.locator('#join-problem', { hasText: 'cod personol' }).waitFor();
    await look(typed, 'badge-wrong');
    complaints.length = 0; // the browser reports the 403 that was asked for
    await typed.page.locator('#badge').fill(codes[1].toLowerCase().replaceAll('-', ''));
    await big(typed).click();
    await typed.page.locator('.group-screen').waitFor();

    // The same badge on another phone: the first one says so, and can take it back.
    const other = await openPhone('other', `/r/${room.code}#b=${codes[0]}`, 'dark');
    await pastNotice(other);
    await other.page.locator('.waiting-screen').waitFor();
    await phone.page.locator('.ended-screen').waitFor();
    await look(phone, 'badge-moved');
    await big(phone).click();
    await phone.page.locator('.waiting-screen').waitFor();
    await other.page.locator('.ended-screen').waitFor();
    assert.equal(staff.views.console.room.joined, 2, 'two people, on three phones');
    await other.page.context().close();
    return { phone, typed };
  },

  // A table's sign: sit there, host it.
  async signs({ phone }) {
    await staff.advance('cafe', 'collecting', 'seated');
    await phone.page.goto(`${server.url}/t/2#r=${room.code}`);
    await phone.page.locator('.sign-screen').waitFor();
    assert.equal(await phone.page.evaluate(() => location.hash), '');
    await look(phone, 'sign');
    await phone.page.locator('.foot .big').nth(1).click();
    await phone.page.locator('.seat strong', { hasText: '2' }).waitFor();
    await phone.page.locator('.note-form').waitFor();
    await until('the table has a host', () => staff.activity('cafe').tables.find((t) => t.number === 2).hosted);
    await phone.page.reload();
    await phone.page.locator('.seat strong', { hasText: '2' }).waitFor();
    await staff.advance('cafe', 'closed');
  },

  // A poster: its idea stands alone, and the others are one tap away.
  async posters({ phone, typed }) {
    await phone.page.goto(`${server.url}/r/${room.code}#a=gallery&n=13`);
    await phone.page.locator('.strip.calm', { hasText: '13' }).waitFor();
    await look(phone, 'poster-early');
    await staff.advance('gallery', 'voting');
    await phone.page.locator('.row').first().waitFor();
    assert.equal(await phone.page.locator('.row').count(), 1);
    await phone.page.locator('.row', { hasText: 'thing 13' }).locator('.stepper button').last().click();
    await look(phone, 'poster');
    await phone.page.locator('.link').first().click();
    assert.equal(await phone.page.locator('.row').count(), 14);
    await phone.page.locator('.row').nth(0).locator('.stepper button').last().click();
    await big(phone).click();
    await phone.page.locator('.fate.counted .here').waitFor();
    await typed.page.locator('.option input').nth(1).check();
    await big(typed).click();
    await typed.page.locator('.row').nth(12).locator('.stepper button').last().click();
    await big(typed).click();
    await typed.page.locator('.fate.counted .here').waitFor();
  },

  // Six more on badges, so that groups can be told apart; the leaderboard is read out, then revealed.
  async told({ phone, typed }) {
    const others = codes.slice(2, 12).map((code, i) => new Badge(code, i));
    await Promise.all(others.map((person) => person.vote()));
    await staff.advance('gallery', 'closed');
    const { generation, phase, round = 0 } = staff.activity('gallery');
    for (const down_to of [3, 2]) {
      await staff.order('result.tell', { activity: 'gallery', seen: { generation, phase, round }, down_to });
      await phone.page.locator('.told-screen h1', { hasText: `${down_to}` }).waitFor();
    }
    assert.equal(await phone.page.locator('.told-screen').getByText('thing 13').count(), 0, 'the first place is not told yet');
    await look(phone, 'told');
    await look(typed, 'told');
    await staff.advance('gallery', 'revealed');
    await phone.page.locator('.result-screen').waitFor();
    await phone.page.locator('.groups').waitFor();
    assert.match(await phone.page.locator('.groups').innerText(), /The north/);
    await phone.page.locator('.groups').scrollIntoViewIfNeeded();
    await look(phone, 'groups');
    await phone.page.locator('.top button').click();
    await look(phone, 'day');
    await phone.page.locator('.day-screen section .link').last().click();
    await phone.page.locator('.result-screen').waitFor();
    for (const person of others) person.close();
  },
};

// A person with a badge and no browser, who votes for the posters 13, 1 and 2, in the north.
class Badge extends Person {
  constructor(personal, i) {
    super(server, room.code, `badge ${i}`, load('ws'));
    Object.assign(this, { personal, i });
  }

  async vote() {
    const body = JSON.stringify({ code: this.code, personal: this.personal });
    const answer = await fetch(`${server.url}/api/v1/join`, { method: 'POST', body });
    this.token = (await answer.json()).token;
    await this.connect();
    await this.say({ type: 'group.tell', group: this.i < 6 ? 'north' : 'south', generation: undefined });
    const dots = [{ item: 'p13', dots: 3 }, { item: 'p1', dots: 1 }];
    if (this.i % 2) dots.push({ item: 'p2', dots: 1 });
    await this.cast({ kind: 'dots', dots });
  }
}

const data = mkdtempSync(path.join(tmpdir(), 'plenum-printed-'));
let failed = true;
try {
  server = new Server(program, data, (process.env.PLENUM_SERVE_FLAGS || '').split(' ').filter(Boolean));
  await server.start();
  room = await server.makeRoom(SHEET);
  staff = new Staff(server, room, 'producer', load('ws'));
  await staff.open();
  const headers = { Authorization: `Bearer ${room.tokens.producer}` };
  ({ codes } = await (await fetch(`${server.url}/api/v1/rooms/${room.room}/codes/1-20`, { headers })).json());
  browser = await launch();
  let found;
  for (const [name, step] of Object.entries(steps)) {
    const begin = Date.now();
    found = (await step(found)) || found;
    console.log(`ok  ${name} (${Date.now() - begin} ms)`);
  }
  await browser.close();
  staff.close();
  await server.stop();
  failed = false;
} finally {
  if (failed) {
    for (const [i, page] of (browser?.contexts() || []).flatMap((c) => c.pages()).entries()) {
      await page.screenshot({ path: path.join(folder, `failed-${i}.png`) }).catch(() => {});
    }
    console.error([...findings, ...complaints].join('\n'));
    console.error(server?.output.slice(-2000));
    await browser?.close().catch(() => {});
    server?.process?.kill('SIGKILL');
  }
  rmSync(data, { recursive: true, force: true });
}
assert.deepEqual(findings, []);
assert.deepEqual(complaints, [], 'the pages ran without an error');
console.log('printed: all well');
