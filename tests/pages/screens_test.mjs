// Big screens: what they hold or are pinned to survives that their page is loaded again; rows stand where their
// ranks are, also while they move; very long words at the ends of a scale leave everything in its place.
// Usage: node screens_test.mjs PROGRAM FOLDER. Leaves pictures in FOLDER.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch, load } from './browser.mjs';
import { Person, Server, Staff, until } from './room.mjs';

const [program, folder] = process.argv.slice(2).map((name) => path.resolve(name));
assert.ok(program && folder, 'usage: node screens_test.mjs PROGRAM FOLDER');
mkdirSync(folder, { recursive: true });

const PEOPLE = 4;
const ITEMS = 8; // in two columns
const WORD = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch';
const low_label = { en: `No confidence whatever that we shall learn anything together, not even in ${WORD}`, cy: `Dim hyder o gwbl y byddwn yn dysgu unrhyw beth gyda’n gilydd, hyd yn oed yn ${WORD}` };
const high_label = { en: `Entirely certain that we shall learn a great deal together, and above all in ${WORD}`, cy: `Yn gwbl sicr y byddwn yn dysgu llawer iawn gyda’n gilydd, ac yn anad dim yn ${WORD}` };
const scale = {
  prompt: { en: 'How confident are you in our ability to learn together?', cy: 'Pa mor hyderus ydych chi yn ein gallu i ddysgu gyda’n gilydd?' },
  ballot: { kind: 'scale', low: 1, high: 5, low_label, high_label },
  series: 'confidence',
};
const time = { vote_ms: 3600000, grace_ms: 200 };
const SHEET = {
  title: { en: 'Screens', cy: 'Sgriniau' },
  languages: ['en', 'cy'],
  expected_people: PEOPLE,
  activities: [
    {
      id: 'dots',
      title: { en: 'Dots', cy: 'Dotiau' },
      ballot: { kind: 'dots', budget: 40, cap: 40 },
      items: Array.from({ length: ITEMS }, (_, i) => ({ id: `p${i + 1}`, number: i + 1, title: { en: `Idea ${i + 1}`, cy: `Syniad ${i + 1}` } })),
      reveal: 'live',
      time,
    },
    { id: 'before', title: { en: 'Before', cy: 'Cyn' }, ...scale, time },
    { id: 'after', title: { en: 'After', cy: 'Wedyn' }, ...scale, time },
  ],
};

let staff;
let people;
let room;
let context;
const complaints = [];

const order = (set, screen) => staff.send({ type: 'screen.order', id: randomBytes(16).toString('hex'), ...(screen && { screen }), order: { set } });

async function step(name, action) {
  const begin = Date.now();
  await action();
  console.log(`ok  ${name} (${Date.now() - begin} ms)`);
}

async function wallIn(where, size = { width: 1920, height: 1080 }) {
  const page = await where.newPage();
  await page.setViewportSize(size);
  page.on('pageerror', (error) => complaints.push(error.stack));
  await page.goto(room.links.display);
  return page;
}

// Each gives so many dots to each item.
const give = (person, ...dots) => person.cast({ kind: 'dots', dots: dots.map((n, i) => ({ item: `p${i + 1}`, dots: n })).filter((d) => d.dots) });

// The ids of the rows: as they are seen, down the first column and then the next, and as the document has them.
const rowsOf = (page) =>
  page.evaluate(() => {
    const rows = [...document.querySelectorAll('[data-row]')].map((row) => ({ id: row.dataset.row, ...row.getBoundingClientRect().toJSON() }));
    const ids = (list) => list.map((row) => row.id).join();
    return { drawn: ids(rows), seen: ids([...rows].sort((a, b) => Math.round(a.left - b.left) || a.top - b.top)) };
  });
const ranked = () => (people[0].now.result?.items || []).map((row) => row.id).join();

async function moving() {
  const still = await wallIn(await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' }));
  const wall = await wallIn(context);
  for (const page of [still, wall]) {
    await page.evaluate(() => {
      const { animate } = Element.prototype;
      window.travelled = 0;
      Element.prototype.animate = function counted(...of) {
        window.travelled++;
        return animate.apply(this, of);
      };
    });
  }
  await staff.advance('dots', 'voting');
  await until('voting is open', () => people.every((person) => person.now.phase === 'voting'));
  await give(people[0], 8, 7, 6, 5, 4, 3, 2, 1);
  for (const page of [still, wall]) await until('all rows are there', async () => (await rowsOf(page)).seen === ranked());
  const before = (await rowsOf(wall)).drawn;
  await give(people[1], 1, 2, 3, 4, 5, 6, 7, 9); // the last becomes the first
  for (const page of [still, wall]) {
    await until('the first has nine more', async () => (await page.locator('[data-row="p8"] .score').innerText()) === '10');
    await until('rows stand by their ranks', async () => (await rowsOf(page)).seen === ranked());
  }
  assert.notEqual(ranked(), before, 'ranks have changed');
  for (const page of [still, wall]) {
    await until('the document has them by rank, too', async () => (await rowsOf(page)).drawn === ranked());
    assert.equal((await rowsOf(page)).seen, ranked(), 'and they are seen where they were');
  }
  assert.ok((await wall.evaluate(() => window.travelled)) > 0, 'rows travel');
  assert.equal(await still.evaluate(() => window.travelled), 0, 'nothing travels for who wants no motion');
  await wall.setViewportSize({ width: 1280, height: 720 });
  await give(people[2], 0, 0, 0, 30);
  await until('rows stand by their ranks on a smaller screen', async () => (await rowsOf(wall)).seen === ranked() && ranked().startsWith('p4'));
  await wall.screenshot({ path: path.join(folder, 'moving.png') });
  await still.context().close();
  await wall.close();
}

const kept = async (page, form) => (await page.evaluate(() => Object.values(localStorage))).some((text) => form.test(text));
const scoreOf = (page, item) => page.locator(`[data-row="${item}"] .score`).innerText();

async function holding() {
  let wall = await wallIn(context);
  await until('it shows the dots', async () => (await wall.locator('[data-row]').count()) === ITEMS);
  order({ held: true });
  await until('it keeps that it holds', () => kept(wall, /"held":true/));
  const score = await scoreOf(wall, 'p1');
  const clock = await wall.locator('.ring-clock strong').innerText();
  await give(people[3], 20);
  await until('the vote is counted', () => people[0].now.result.items.find((row) => row.id === 'p1').dots === Number(score) + 20);
  await staff.advance('dots', 'closing', 'closed', 'revealed');
  await staff.advance('before', 'voting');
  await until('the room is further', () => people[0].now.activity === 'before');
  const same = async (how) => {
    await until(`it shows what it held, ${how}`, async () => (await wall.locator('[data-row]').count()) === ITEMS);
    assert.equal(await scoreOf(wall, 'p1'), score, how);
    assert.equal(await wall.locator('.ring-clock strong').innerText(), clock, `its time stands, ${how}`);
  };
  await same('while the room goes on');
  await wall.reload();
  await same('when it is loaded again');
  await wall.screenshot({ path: path.join(folder, 'held.png') });
  await wall.close();
  wall = await wallIn(context);
  await same('when its window is opened again');
  order({ held: false });
  await wall.locator('.scale-ends').waitFor();
  await wall.reload();
  await wall.locator('.scale-ends').waitFor();
  await wall.close();
}

async function pinned() {
  const wall = await wallIn(context);
  await wall.locator('.scale-ends').waitFor();
  order({ mode: 'pinned', activity: 'dots' });
  await wall.locator('.result.dots').waitFor();
  await wall.reload();
  await wall.locator('.result.dots').waitFor();
  assert.equal(await wall.locator('.scale-ends').count(), 0, 'nothing of what is on now');
  order({ held: true });
  await until('it keeps both', () => kept(wall, /"pinned".*"held":true/));
  await wall.reload();
  await wall.locator('.result.dots').waitFor();
  order({ held: false, mode: 'follow' });
  await wall.locator('.scale-ends').waitFor();
  await wall.close();
}

// What is on the stage lies within it, and the words at the ends of a scale beside each other.
async function inPlace(wall, selector) {
  await wall.locator(selector).first().waitFor();
  const found = await wall.evaluate((ends) => {
    const stage = document.querySelector('.stage');
    const inside = stage.getBoundingClientRect();
    const [low, high] = [...document.querySelectorAll(ends)].map((e) => e.getBoundingClientRect());
    return {
      cut: Math.max(stage.scrollHeight - stage.clientHeight, stage.scrollWidth - stage.clientWidth, high.bottom - inside.bottom) > 1,
      touch: low.right > high.left,
      type: Number.parseFloat(getComputedStyle(document.querySelector(ends)).fontSize) / window.innerHeight,
    };
  }, selector);
  assert.deepEqual({ cut: found.cut, touch: found.touch }, { cut: false, touch: false }, selector);
  assert.ok(found.type > 0.01, `${selector}: type of ${(100 * found.type).toFixed(2)} % of the screen's height`);
}

async function longWords() {
  const walls = [await wallIn(context, { width: 1280, height: 720 }), await wallIn(context, { width: 3840, height: 2160 })];
  const all = async (selector, name) => {
    for (const [i, wall] of walls.entries()) {
      await inPlace(wall, selector);
      await wall.screenshot({ path: path.join(folder, `${name}-${i}.png`) });
    }
  };
  await all('.scale-ends p > span', 'ends-asked');
  for (const id of ['before', 'after']) {
    if (id === 'after') await staff.advance(id, 'voting');
    await until('it is open', () => people.every(({ now }) => now.activity === id && now.phase === 'voting'));
    for (const [i, person] of people.entries()) await person.cast({ kind: 'scale', value: 1 + ((i + (id === 'after' ? 1 : 0)) % 5) });
    await staff.advance(id, 'closing', 'closed', 'revealed');
    await walls[0].locator(id === 'after' ? '.dumbbell' : '.scale-chart').waitFor();
    await all('.ends > span', `ends-${id}`);
  }
  for (const wall of walls) await wall.close();
}

const data = mkdtempSync(path.join(tmpdir(), 'plenum-screens-'));
const server = new Server(program, data, (process.env.PLENUM_SERVE_FLAGS || '').split(' ').filter(Boolean));
const browser = await launch();
try {
  await server.start();
  room = await server.makeRoom(SHEET);
  const WebSocket = load('ws');
  staff = new Staff(server, room, 'producer', WebSocket);
  await staff.open();
  people = Array.from({ length: PEOPLE }, (_, i) => new Person(server, room.code, `person ${i}`, WebSocket));
  for (const person of people) await person.join();
  context = await browser.newContext({ locale: 'en-GB' });
  await step('rows that move', moving);
  await step('a held frame', holding);
  await step('a pinned screen', pinned);
  await step('long words at the ends of a scale', longWords);
  assert.deepEqual(complaints, []);
  await browser.close();
  for (const person of [...people, staff]) person.close();
  await server.stop();
} catch (error) {
  for (const [i, page] of (context?.pages() || []).entries()) {
    await page.screenshot({ path: path.join(folder, `failed-${i}.png`) }).catch(() => {});
  }
  console.error(complaints.join('\n'));
  server.process?.kill('SIGKILL');
  throw error;
} finally {
  rmSync(data, { recursive: true, force: true });
}
console.log('screens: all well');
