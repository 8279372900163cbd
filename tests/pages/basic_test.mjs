// /basic in a real browser: forms that a browser really sends, nothing for axe to find, nothing wider
// than a phone, in each way of reading.
// Usage: node basic_test.mjs PROGRAM FOLDER. Leaves screenshots in FOLDER.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch, load, Page, WAYS } from './browser.mjs';
import { Server, Staff } from './room.mjs';

const [program, folder] = process.argv.slice(2, 4).map((name) => path.resolve(name));
assert.ok(program && folder, 'usage: node basic_test.mjs PROGRAM FOLDER');
mkdirSync(folder, { recursive: true });

const both = (en, cy) => ({ en, cy });
const ITEMS = [
  { id: 'park', number: 1, title: both('A park for everybody', 'Parc i bawb') },
  { id: 'hall', number: 2, title: both(`A hall ${'long'.repeat(40)}`, `Neuadd ${'hir'.repeat(40)}`) },
];
const NO_GRACE = { time: { grace_ms: 0 } };
const SCALE = { kind: 'scale', low: 1, high: 5, low_label: both('no', 'na'), high_label: both('yes', 'ie') };
const SHEET = {
  title: both('A day in plain pages', 'Diwrnod mewn tudalennau plaen'),
  languages: ['en', 'cy'],
  groups: [{ id: 'council', title: both('The council', 'Y cyngor') }],
  privacy: { controller: 'The council', contact: 'c@example.org', retention_days: 60 },
  activities: [
    { id: 'areas', title: both('Areas', 'Ardaloedd'), ballot: { kind: 'choice', options: ITEMS.map(({ id, title }) => ({ id, title })) }, ...NO_GRACE },
    { id: 'dots', title: both('Dots', 'Dotiau'), ballot: { kind: 'dots', budget: 5, cap: 5 }, items: ITEMS, ...NO_GRACE },
    { id: 'rate', title: both('Rate', 'Sgorio'), ballot: SCALE, items: ITEMS, ...NO_GRACE },
    { id: 'rank', title: both('Rank', 'Trefn'), ballot: { kind: 'rank', top: 2 }, items: ITEMS, ...NO_GRACE },
    { id: 'ask', title: both('Ask', 'Gofyn'), collect: { each: 3 }, ballot: { kind: 'upvote' }, reveal: 'live', ...NO_GRACE },
    { id: 'cafe', title: both('Café', 'Caffi'), items: ITEMS, seats: { rounds: 1, planned: false }, collect: {}, ...NO_GRACE },
  ],
};

// One reader's day; what is wrong with what they saw.
async function read(browser, server, way, complaints) {
  const found = [];
  const room = await server.makeRoom(SHEET);
  const staff = new Staff(server, room, 'presenter', load('ws').WebSocket);
  await staff.open();
  const size = { width: 320, height: 640 };
  const reader = await Page.open(browser, 'basic', `${server.url}/basic`, size, way, complaints);
  const { page } = reader;
  const look = async (state) => found.push(...(await reader.inspect(folder, state)));
  // Without scripts, looking again by itself is the only way to hear that something has begun. Who does not
  // want it switches it off, as this reader does; axe finds it where it is on, and nothing else.
  const lookWhileItRefreshes = async (state) => {
    const all = await reader.inspect(folder, state);
    const meant = (finding) => finding.includes(': meta-refresh: ');
    assert.equal(all.filter(meant).length, 1, `${state}, ${way}: ${all}`);
    found.push(...all.filter((one) => !meant(one)));
  };
  const language = way === 'cy' ? 'cy' : 'en';
  const send = async (action, act = async () => {}) => {
    const form = page.locator(`form:has(input[name=do][value="${action}"])`).first();
    await act(form);
    await Promise.all([page.waitForNavigation(), form.locator('button').click()]);
  };
  const opened = async (activity, phase) => {
    await staff.advance(activity, phase);
    await send('look');
  };

  await look('code');
  await page.fill('#code', room.code);
  await Promise.all([page.waitForNavigation(), page.click('button')]);
  await look('privacy');
  if (language === 'cy') {
    const welsh = page.locator('form:has(input[name=l][value=cy]) button');
    await Promise.all([page.waitForNavigation(), welsh.click()]);
  }
  const join = page.locator(`form:has(input[name=l][value=${language}]) button`).first();
  await Promise.all([page.waitForNavigation(), join.click()]);
  await look('group');
  await send('group', (form) => form.locator('label').first().click());
  await lookWhileItRefreshes('waiting');
  await send('still');
  await look('waiting-still');
  await send('still');
  await lookWhileItRefreshes('waiting-again');
  await send('still');
  const good = async (state) => {
    await look(state);
    assert.equal(await page.locator('.notice.good').count(), 1, `${state}, ${way}: ${await page.innerText('main')}`);
  };

  await opened('areas', 'voting');
  await look('choice');
  await send('vote', (form) => form.locator('label').first().click());
  await good('choice-counted');
  for (const phase of ['closed', 'revealed']) await opened('areas', phase);
  await look('choice-result');
  await opened('dots', 'voting');
  await look('dots');
  await send('vote', (form) => form.locator('input[type=number]').first().fill('3'));
  await good('dots-counted');
  for (const phase of ['closed', 'revealed']) await opened('dots', phase);
  await look('dots-result');
  await opened('rate', 'voting');
  await send('vote', (form) => form.locator('label').first().click());
  await good('rate-counted');
  await opened('rank', 'voting');
  await send('vote', (form) => form.locator('select').first().selectOption('hall'));
  await good('rank-counted');
  await opened('ask', 'collecting');
  await send('add', (form) => form.locator('input[type=text], textarea').first().fill('Why? '.repeat(40)));
  await good('question');
  await send('upvote');
  await good('upvoted');
  await opened('cafe', 'seated');
  await look('tables');
  await send('visit');
  await look('seat');
  await page.context().close();
  staff.close();
  return found;
}

const data = mkdtempSync(path.join(tmpdir(), 'plenum-basic-'));
const server = new Server(program, path.join(data, 'data'));
await server.start();
const browser = await launch();
const complaints = [];
try {
  const found = [];
  for (const way of Object.keys(WAYS)) found.push(...(await read(browser, server, way, complaints)));
  assert.deepEqual([...found, ...complaints], []);
  console.log('basic: every page in every way of reading');
} finally {
  await browser.close();
  await server.stop();
  rmSync(data, { recursive: true, force: true });
}
