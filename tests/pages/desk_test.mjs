// A whole day of a presenter by keyboard alone: what is pressed is Tab, Enter, Space, arrows and the
// page's own keys; nothing is clicked. The room is scripts, the big screen a page of its own.
// Usage: node desk_test.mjs PROGRAM FOLDER. Leaves pictures in FOLDER.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch, load, Page } from './browser.mjs';
import { Person, Server, until } from './room.mjs';
import { SHEET } from './sheet.mjs';

const [program, folder] = process.argv.slice(2).map((name) => path.resolve(name));
assert.ok(program && folder, 'usage: node desk_test.mjs PROGRAM FOLDER');
mkdirSync(folder, { recursive: true });

const PEOPLE = 8;
const STOPS = 250; // more presses of Tab than any page has places
const complaints = [];
let room;
let people;
let desk; // the presenter's page
let wall; // a big screen

// --- the keyboard ---

const press = (...keys) => keys.reduce((before, key) => before.then(() => desk.keyboard.press(key)), Promise.resolve());

// What has the focus, as those hear it who do not see it.
const focused = () =>
  desk.evaluate(() => {
    const at = document.activeElement;
    if (!at || at === document.body) return '';
    const label = at.id && document.querySelector(`label[for="${CSS.escape(at.id)}"]`);
    return (at.getAttribute('aria-label') || label?.textContent || at.closest('label')?.textContent || at.textContent || '').trim();
  });

// Tab until this has the focus.
async function reach(words) {
  const fits = (name) => (words instanceof RegExp ? words.test(name) : name === words);
  const heard = [];
  for (let i = 0; i < STOPS; i++) {
    const name = await focused();
    if (fits(name)) return;
    heard.push(name);
    await desk.keyboard.press('Tab');
  }
  throw new Error(`${words} was not reached by Tab; there were: ${[...new Set(heard)].join(' | ').slice(0, 3000)}`);
}

async function activate(words) {
  await reach(words);
  await press('Enter');
}

// Chooses in a list that has the focus, as a keyboard does: by typing what it begins with.
async function choose(label, option) {
  await reach(label);
  await desk.keyboard.type(option, { delay: 5 });
}

// The big button, once it says this; it keeps the focus, so a day is mostly Enter.
async function big(words) {
  await press('Control+Enter');
  const button = desk.locator('#big:not([aria-disabled])');
  await until(`the big button says ${words}`, async () => (await button.count()) && words.test(await button.innerText()));
  assert.match(await focused(), words, 'the big button has the focus');
  await press('Enter');
}

const shows = (page, text) => page.getByText(text).first().waitFor();
const tab = (name) => activate(new RegExp(`^${name}\\d*$`));

async function step(name, action) {
  const begin = Date.now();
  await action();
  console.log(`ok  ${name} (${Date.now() - begin} ms)`);
}

// --- the day ---

async function beginning() {
  await shows(desk, 'Nobody has taken control');
  await activate('Take control');
  await shows(desk, 'You run the day');
  await press('Control+Home', 'Shift+Tab');
}

async function screens() {
  await tab('Screens');
  await shows(desk, /1 screen is connected/);
  await activate(/^Name \(number \d{3}\)$/);
  await desk.keyboard.type('Left wall');
  await press('Enter');
  await desk.locator('.one-screen h2', { hasText: 'Left wall' }).waitFor();
  await activate('Show its name: Left wall');
  await wall.locator('.identify-name', { hasText: 'Left wall' }).waitFor();
  await choose('Shows', 'Monitor');
  await wall.locator('.monitor').waitFor();
  await press('Home'); // the first: what is on now
  await wall.locator('.lobby').waitFor();
  await activate('Sounds come from here: Left wall');
  // A browser on the wall asks for a tap first; one that is driven by a script may not.
  await until('the screen has heard of it', async () => (await wall.locator('.allow-sound').count()) || (await desk.getByText('Its browser may make sounds.').count()));
  if (await wall.locator('.allow-sound').count()) await wall.keyboard.press('Tab').then(() => wall.keyboard.press('Enter'));
  await shows(desk, 'Its browser may make sounds.');
  await activate('Sound check');
  await wall.locator('.ringing[data-sound="check"]').waitFor();
  await desk.screenshot({ path: path.join(folder, 'desk-screens.png') });
}

// Opens by keyboard, has everybody say something, closes and reveals by keyboard.
async function poll(opens, say, ranked = false) {
  await big(opens);
  await until('it is open', () => people.every((person) => ['voting', 'collecting'].includes(person.now.phase)));
  await Promise.all(people.map(say));
  await big(/^Close (voting|writing): 8 of 8/);
  await until('it is closed', () => people[0].now.phase === 'closed');
  // Where places could be read out, all of them at once is the button beside it.
  if (ranked) await activate('Reveal all at once');
  else await big(/^Reveal/);
  await until('it is revealed', () => people[0].now.phase === 'revealed');
}

async function undone() {
  await big(/: open voting$/);
  await desk.locator('.undo').waitFor();
  await press('Control+z');
  await until('it waits again', () => people[0].now.phase === 'waiting');
  await big(/: open voting$/);
  await until('it is open', () => people[0].now.phase === 'voting');
  await Promise.all(people.map((person, i) => person.cast({ kind: 'scale', value: 1 + (i % 5) })));
  await big(/^Close voting/);
  await until('it closes', () => ['closing', 'closed'].includes(people[0].now.phase));
  await desk.locator('.undo', { hasText: 'Close voting' }).waitFor();
  await press('Control+z');
  await until('it is open again', () => people[0].now.phase === 'voting');
  await big(/^Close voting: 8 of 8/);
  await until('it is closed', () => people[0].now.phase === 'closed');
  await big(/^Reveal/);
  await wall.locator('.figures').waitFor();
}

async function moderation() {
  await big(/: open writing$/);
  await until('it is open', () => people[0].now.phase === 'collecting');
  const texts = ['Who pays?', 'When do we begin?', 'Something that must not be read'];
  for (const [i, text] of texts.entries()) await people[i].say({ type: 'item.add', text });
  await tab('Contributions');
  await desk.locator('.queue .item').nth(2).waitFor();
  await reach(/^Who pays\?/);
  await press('s');
  await until('the second has the focus', async () => /^When do we begin/.test(await focused()));
  await press('s');
  await until('the third has the focus', async () => /^Something/.test(await focused()));
  await press('b');
  await wall.locator('.black').waitFor();
  await until('two are shown', () => people[0].now.items?.length === 2);
  await activate(/^Undo$/); // of the last: it is shown again, which is not wanted
  await until('it is undone', () => people[0].now.items?.length === 3);
  await reach(/^Something/);
  await press('h');
  await until('two are shown', () => people[0].now.items?.length === 2);
  await tab('Room');
  await activate('Show the day again on the big screens');
  await wall.locator('.questions').waitFor();
  await big(/^Close writing, open voting/);
  await big(/^Close voting/);
  await until('it is closed', () => people[0].now.phase === 'closed');
  await big(/^Reveal/);
  await until('it is revealed', () => people[0].now.phase === 'revealed');
}

async function deck() {
  await big(/open: write the cards$/);
  await until('it is open', () => people[0].now.phase === 'collecting');
  await Promise.all(people.map((person, i) => person.say({ type: 'item.add', text: `Idea ${i}` })));
  for (let round = 1; round <= 5; round++) {
    await big(round === 1 ? /^Open round 1: .*8 cards/ : new RegExp(`^Open round ${round}: .*8 of 8`));
    await wall.locator('.mill').waitFor();
    await big(/^Bell/);
    await until('cards are to be scored', () => people.every((person) => person.now.phase === 'scoring'));
    await Promise.all(people.map((person, i) => person.scoreCard(1 + ((i + round) % 5))));
  }
  await big(/^End the rounds: 8 of 8/);
  await until('it is closed', () => people[0].now.phase === 'closed');
  await countdown();
}

// From the last place up, a press a place; nobody sees a place before it is told.
async function countdown() {
  await big(/^Count down, beginning with place 8$/);
  const seen = [];
  for (;;) {
    const button = desk.locator('#big:not([aria-disabled])', { hasText: /^(Tell place|Reveal the first)/ });
    await button.waitFor();
    const { told, result } = people[0].now;
    assert.ok((result.items || []).every((row) => row.rank >= told), 'only what was told is on phones');
    const rows = (result.items || []).length;
    assert.ok(rows >= (seen.at(-1) ?? 0), 'places are only ever added');
    seen.push(rows);
    await until('the screen shows as many', async () => (await wall.locator('.row[data-row]').count()) === rows);
    if (seen.length === 2) await wall.screenshot({ path: path.join(folder, 'display-telling.png') });
    const last = /^Reveal/.test(await button.innerText());
    await press('Control+Enter', 'Enter');
    if (last) break;
    await until('the next is told', () => people[0].now.told !== told || people[0].now.phase === 'revealed');
  }
  await until('it is revealed', () => people[0].now.phase === 'revealed');
  await until('all are on the screen', async () => (await wall.locator('.row[data-row]').count()) === PEOPLE);
  assert.ok(seen.length >= 2, `told in steps: ${seen}`);
}

async function tables() {
  await big(/“World café”: open writing$|“World café”: send everybody to their tables$/);
  await until('it is open', () => people[0].now.phase !== 'revealed');
  await Promise.all(people.map((person) => person.say({ type: 'presence.here' })));
  await big(/end everybody to their tables$/);
  await wall.locator('.table-plan').waitFor();
  for (const round of [2, 3]) await big(new RegExp(`^Next tables: round ${round}$`));
  await big(/^End the tables$/);
  await until('it is closed', () => people[0].now.phase === 'closed');
  await big(/^Reveal/);
}

async function merging() {
  await big(/“Gallery”: open voting$/);
  await until('it is open', () => people[0].now.phase === 'voting');
  await Promise.all(people.map((person, i) => person.cast({ kind: 'dots', dots: [{ item: `p${1 + (i % 4)}`, dots: 2 }] })));
  await big(/^Close voting: 8 of 8/);
  await until('it is closed', () => people[0].now.phase === 'closed');
  await tab('Contributions');
  await reach(/^1\. A named neighbour/);
  if (!(await desk.evaluate(() => document.activeElement.matches('input')))) await press('Tab');
  await press('Space');
  await reach(/^2\. One front door/);
  if (!(await desk.evaluate(() => document.activeElement.matches('input')))) await press('Tab');
  await press('Space');
  await desk.keyboard.press('Shift+Tab');
  await until('merging is offered', () => desk.locator('.merge-bar').count());
  for (let i = 0; i < 12 && (await focused()) !== 'Merge 2'; i++) await press('Shift+Tab');
  await activate('Merge 2');
  await shows(desk, 'with 2. One front door to support');
  await big(/^Reveal/);
  await until('the merge is counted', () => people[0].now.result?.items?.some((row) => row.merged?.length && row.dots === 8));
}

async function record() {
  await tab('Record');
  await activate('Approve version 1: the record as it is now');
  await press('Enter'); // the second press is asked for
  await activate('Publish version 1');
  await press('Enter');
  const link = desk.getByRole('link', { name: 'Read it (English)' });
  await link.waitFor();
  const address = await link.getAttribute('href');
  const answer = await fetch(new URL(address, desk.url()));
  assert.equal(answer.status, 200);
  assert.match(await answer.text(), /A morning together/);
  await desk.screenshot({ path: path.join(folder, 'desk-record.png') });
}

async function insert() {
  await activate('Insert an activity');
  await choose('Kind', 'Scale');
  await reach('Title');
  await desk.keyboard.type('One more question');
  await activate('Insert');
  await desk.locator('.entry-title', { hasText: 'One more question' }).waitFor();
}

// --- all of it ---

const data = mkdtempSync(path.join(tmpdir(), 'plenum-desk-'));
const server = new Server(program, data, (process.env.PLENUM_SERVE_FLAGS || '').split(' ').filter(Boolean));
const browser = await launch();
try {
  await server.start();
  room = await server.makeRoom(SHEET);
  const WebSocket = load('ws');
  people = Array.from({ length: PEOPLE }, (_, i) => new Person(server, room.code, `person ${i}`, WebSocket));
  await Promise.all(people.map((person) => person.join()));
  wall = (await Page.open(browser, 'display', room.links.display, { width: 1600, height: 900 }, 'en', complaints)).page;
  desk = (await Page.open(browser, 'presenter', room.links.presenter, { width: 1280, height: 800 }, 'en', complaints)).page;
  const choice = (person, i) => person.cast({ kind: 'choice', options: [['north', 'east', 'south'][i % 3]] });
  const pictures = (person) => person.cast({ kind: 'choice', options: ['seed', 'knot'] });
  const rank = (person) => person.cast({ kind: 'rank', items: ['p3', 'p1'] });
  const ratings = (person, i) => person.cast({ kind: 'ratings', ratings: [{ item: 'p1', value: 1 + (i % 5) }] });
  const text = (person, i) => person.say({ type: 'item.add', text: `hope ${i}` });
  await step('the control is taken', beginning);
  await step('a screen is named, assigned, and makes the sounds', screens);
  await step('opening and closing are taken back', undone);
  await step('a choice', () => poll(/: open voting$/, choice));
  await step('pictures', () => poll(/: open voting$/, pictures));
  await step('words', () => poll(/: open writing$/, text));
  await step('moderation: a key a text', moderation);
  await step('25/10, and the count-down', deck);
  await step('an order', () => poll(/: open voting$/, rank, true));
  await step('tables', tables);
  await step('ratings', () => poll(/: open voting$/, ratings, true));
  await step('dots, and a merge', merging);
  await step('an activity is inserted', insert);
  await step('the record is approved and published', record);
  assert.deepEqual(complaints, [], 'the pages ran without an error');
  for (const person of people) person.close();
  await browser.close();
  await server.stop();
} catch (error) {
  await desk?.screenshot({ path: path.join(folder, 'failed-desk.png'), fullPage: true }).catch(() => {});
  await wall?.screenshot({ path: path.join(folder, 'failed-wall.png') }).catch(() => {});
  console.error(complaints.join('\n'));
  console.error(server.output.slice(-3000));
  server.process?.kill('SIGKILL');
  await browser.close().catch(() => {});
  throw error;
} finally {
  rmSync(data, { recursive: true, force: true });
}
console.log('desk: all well');
