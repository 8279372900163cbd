// The organisers' page in a real browser, against the real server: from the link that the server
// gives to a vote on a phone, by clicking; then every view in each way of reading.
// Usage: node start_test.mjs PROGRAM FOLDER. Leaves a picture of each view in FOLDER.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch, load, Page, WAYS } from './browser.mjs';
import { Server, until } from './room.mjs';

const HOSTILE = `<img src=x onerror="window.broken=1"> שלום ${'e\u0301'.repeat(20)} 👩🏽‍🚀 ${'long'.repeat(20)}`;
const [program, folder] = process.argv.slice(2).map((name) => path.resolve(name));
assert.ok(program && folder, 'usage: node start_test.mjs PROGRAM FOLDER');
mkdirSync(folder, { recursive: true });

const LAPTOP = { width: 1280, height: 900 };
const SMALLEST = { width: 320, height: 640 };
const complaints = [];
const findings = [];
const data = mkdtempSync(path.join(tmpdir(), 'plenum-start-'));
const server = new Server(program, data, (process.env.PLENUM_SERVE_FLAGS || '').split(' ').filter(Boolean));
let browser;
let organiser; // the page of the journey
let room;

const token = () => readFileSync(`${data}/organiser.token`, 'utf8').trim();
const startLink = () => `${server.url}/start#t=${token()}`;

async function step(name, action) {
  const begin = Date.now();
  await action();
  console.log(`ok  ${name} (${Date.now() - begin} ms)`);
}

const button = (page, name) => page.getByRole('button', { name, exact: typeof name === 'string' });
const press = (page, name) => button(page, name).click();
const status = (page, words) => page.locator('.bar').getByText(words).waitFor();
const entry = (page, title) => page.locator('.activities .entry', { hasText: title });
const source = (page) => page.getByLabel('The run sheet, as JSON');

// As one paste; typing so many lines takes a browser very long.
const rewrite = (page, text) =>
  page.locator('#source').evaluate((area, words) => {
    area.value = words;
    area.dispatchEvent(new Event('input', { bubbles: true }));
  }, text);

async function newPage(address, size = LAPTOP) {
  const { page } = await Page.open(browser, 'start', address, size, 'en', complaints);
  return page;
}

// --- the journey ---

async function opening() {
  organiser = await newPage(`${server.url}/start`);
  await organiser.getByLabel('Organiser’s link or token').fill('nothing');
  await press(organiser, 'Go on');
  await organiser.getByText('No token stands in this').waitFor();
  await organiser.goto(startLink());
  await button(organiser, /^Begin with this day: To be the best/).waitFor();
  assert.equal(await organiser.evaluate(() => location.hash), '', 'the token left the address');
  assert.ok(!(await organiser.evaluate(() => JSON.stringify(localStorage))).includes('v1.'), 'for this tab only');
}

async function writing() {
  await press(organiser, /^Begin with this day: To be the best/);
  await organiser.getByRole('heading', { level: 1, name: 'To be the best at getting better' }).waitFor();
  await status(organiser, 'No mistakes');
  await entry(organiser, 'Confidence, at the start').click();
  for (const place of [2, 1]) {
    await press(organiser, '↑ Earlier');
    await organiser.locator('#voice', { hasText: `now ${place} of 15` }).waitFor({ state: 'attached' });
    const focused = await organiser.evaluate(() => document.activeElement.id);
    assert.equal(focused, place === 1 ? 'move-down' : 'move-up', 'the focus stays with what was moved');
  }
  await organiser.getByLabel('What people are asked – English').fill('How sure are you, this morning?');
  await organiser.getByLabel('Voting', { exact: true }).fill('7.5');
  await status(organiser, 'No mistakes');
  await press(organiser, 'Source');
  const sheet = JSON.parse(await source(organiser).inputValue());
  assert.equal(sheet.activities[0].id, 'confidence-start');
  assert.equal(sheet.activities[0].prompt.en, 'How sure are you, this morning?');
  assert.match(sheet.activities[0].prompt.cy, /hyderus/, 'the other language is as it was');
  assert.equal(sheet.activities[0].time.vote_ms, 450000);
  assert.equal(sheet.activities.length, 15);
}

// What the server says of a broken text, and where it leads.
async function breaking() {
  const good = await source(organiser).inputValue();
  const lines = good.split('\n');
  const at = lines.findIndex((line) => line.includes('"high": 5')) + 1;
  assert.ok(at > 3);
  await rewrite(organiser, good.replace('"high": 5', '"high" 5'));
  await organiser.getByRole('heading', { name: '1 mistake' }).waitFor();
  const finding = organiser.locator('.finding');
  assert.match(await finding.innerText(), new RegExp(`Line ${at}, column \\d+:`));
  await finding.locator('button').click();
  const caret = () =>
    source(organiser).evaluate((area) => document.activeElement === area && area.value.slice(0, area.selectionStart).split('\n').length);
  await until('the caret stands in that line', async () => (await caret()) === at);
  await press(organiser, 'Form');
  await organiser.getByText('The source is not JSON that a form could show').waitFor();
  await press(organiser, 'Make the room'); // is not done
  await press(organiser, 'Source');
  // A column is told in characters, though the server counts bytes.
  await source(organiser).fill('{"title": "Ŵ👋é", "languages": 7}');
  await organiser.locator('.finding', { hasText: 'Line 1, column 31:' }).first().waitFor();
  await rewrite(organiser, good);
  await status(organiser, 'No mistakes');
}

async function mending() {
  await press(organiser, 'Form');
  await entry(organiser, 'Where do you come from?').click();
  const first = organiser.getByLabel('Answer – English').first();
  const was = await first.inputValue();
  await organiser.getByLabel('Choose at most').fill('many');
  await status(organiser, '1 mistake');
  const wrong = organiser.getByLabel('Choose at most');
  assert.equal(await wrong.getAttribute('aria-invalid'), 'true');
  const said = await organiser.locator(`#${await wrong.getAttribute('aria-describedby')}`).innerText();
  assert.match(said, /number/);
  await entry(organiser, 'The day').click();
  await press(organiser, 'In “Where do you come from?”:'); // leads back to the field
  await until('the field has the focus', () => wrong.evaluate((field) => document.activeElement === field));
  await wrong.fill('1');
  await status(organiser, 'No mistakes');
  await press(organiser, `Remove ${was}`);
  await until('it is gone', async () => (await first.inputValue()) !== was);
  await press(organiser, 'Undo');
  await until('it is back', async () => (await first.inputValue()) === was);
  await first.fill('\u202eback to front');
  await organiser.locator('.row .wrong', { hasText: 'direction of writing' }).waitFor();
  await first.fill(HOSTILE);
  await status(organiser, 'No mistakes');
  await organiser.reload();
  await entry(organiser, 'Where do you come from?').click();
  assert.equal(await first.inputValue(), HOSTILE, 'the draft has survived');
  assert.equal(await organiser.evaluate(() => window.broken), undefined);
}

async function adding() {
  const select = organiser.getByLabel('Add a ready activity');
  await select.selectOption('words');
  await press(organiser, 'Add at the end');
  await until('it is chosen', async () => (await organiser.locator('.activities .entry').count()) === 17);
  await status(organiser, 'No mistakes');
  await entry(organiser, 'The day').click();
  await organiser.getByLabel('Another language').fill('fr');
  await press(organiser, 'Add');
  await organiser.getByLabel('Title of the day – français').fill('Être les meilleurs');
  await organiser.getByText(/hints: allowed, but perhaps not meant/).waitFor(); // no other text is in French
  await press(organiser, 'Remove français');
  await press(organiser, 'Press again: its texts go, too');
  await organiser.getByLabel('Title of the day – français').waitFor({ state: 'detached' });
  await status(organiser, 'No mistakes');
  const [file] = await Promise.all([organiser.waitForEvent('download'), press(organiser, 'Save as a file')]);
  assert.equal(file.suggestedFilename(), 'To-be-the-best-at-getting-better.json');
  const saved = readFileSync(await file.path(), 'utf8');
  assert.equal(JSON.parse(saved).activities.length, 16);
  assert.doesNotMatch(saved, /Être/);
  await organiser.getByRole('link', { name: '← All days and rooms' }).click();
  await organiser.getByLabel('Open a run sheet from a file (JSON)').setInputFiles(await file.path());
  await status(organiser, 'No mistakes');
  await press(organiser, 'Source');
  assert.equal(await source(organiser).inputValue(), saved, 'the same from the file');
}

async function making() {
  await press(organiser, 'Make the room');
  const heading = organiser.getByRole('heading', { name: /^Your room is open: \d{3} \d{3}$/ });
  await heading.waitFor();
  const code = (await heading.innerText()).replace(/\D/g, '');
  const links = {};
  for (const role of ['attendee', 'display', 'presenter', 'moderator', 'keyer', 'producer', 'auditor']) {
    links[role] = await organiser.locator(`#link-${role}`).inputValue();
  }
  room = { code, links };
  assert.equal(links.attendee, `${server.url}/r/${code}`);
  assert.equal(await organiser.getByRole('link', { name: 'the producer’s page' }).getAttribute('href'), links.producer);
  await organiser.getByText('These links work only on this computer').waitFor();
  assert.equal(await qrCode(organiser, organiser.locator('.first .qr')), links.attendee);
  await organiser.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await press(organiser, 'Copy the link: Presenter');
  assert.equal(await organiser.evaluate(() => navigator.clipboard.readText()), links.presenter);
  await button(organiser, 'Ballots: Confidence, at the end').waitFor(); // by its title, not its id
  const [file] = await Promise.all([organiser.waitForEvent('download'), press(organiser, 'Join posters')]);
  assert.match(readFileSync(await file.path(), 'utf8'), new RegExp(`${code.slice(0, 3)}.{0,8}${code.slice(3)}`));
}

// What a reader that is not ours sees.
async function qrCode(page, drawing) {
  // As near as a camera may come.
  await drawing.evaluate((code) => (code.style.cssText = 'position: fixed; left: 0; top: 0; width: 560px; z-index: 9'));
  const box = await drawing.screenshot();
  await drawing.evaluate((code) => (code.style.cssText = ''));
  await page.evaluate(readFileSync(load.resolve('jsqr'), 'utf8'));
  return page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data: bytes, width, height } = context.getImageData(0, 0, image.width, image.height);
    return window.jsQR(bytes, width, height)?.data;
  }, box.toString('base64'));
}

async function paper() {
  await organiser.getByRole('link', { name: 'Sheet for everybody: how to join' }).click();
  await organiser.locator('.sheet-code').waitFor();
  await organiser.emulateMedia({ media: 'print' });
  // Both languages of the room are on it.
  await organiser.locator('.sheet-other[lang=cy]', { hasText: 'ffôn' }).waitFor();
  const guests = await organiser.locator('.sheet').innerText();
  assert.ok(!guests.includes('v1.') && !(await organiser.locator('.sheet').innerHTML()).includes('v1.'), 'nothing secret');
  assert.equal(await qrCode(organiser, organiser.locator('.sheet .qr')), room.links.attendee);
  assert.ok(!(await organiser.getByRole('button', { name: 'Print' }).isVisible()));
  await organiser.screenshot({ path: path.join(folder, 'print-guests.png'), fullPage: true });
  await organiser.emulateMedia({ media: 'screen' });
  await organiser.goBack();
  await organiser.getByRole('link', { name: 'Sheet for the team: its links' }).click();
  await organiser.locator('.sheet-links').waitFor();
  await organiser.emulateMedia({ media: 'print' });
  const roles = ['presenter', 'display', 'moderator', 'keyer', 'producer', 'auditor'];
  for (const [i, role] of roles.entries()) {
    assert.equal(await qrCode(organiser, organiser.locator('.sheet-links .qr').nth(i)), room.links[role], role);
  }
  await organiser.screenshot({ path: path.join(folder, 'print-team.png'), fullPage: true });
  await organiser.emulateMedia({ media: 'screen' });
}

// The links do what they say: a vote by somebody who has only them.
async function voting() {
  const presenter = await newPage(room.links.presenter);
  const display = await newPage(room.links.display, { width: 1600, height: 900 });
  const phone = await newPage(room.links.attendee, { width: 390, height: 760 });
  await press(phone, /^I understand/);
  await press(presenter, '“Confidence, at the start”: open voting');
  await phone.getByText('How sure are you, this morning?').first().waitFor();
  await phone.locator('.tile input[value="4"]').check();
  await press(phone, 'Send my answer');
  await phone.locator('.fate.counted').waitFor();
  await display.locator('.band', { hasText: '1 of' }).waitFor();
  for (const page of [presenter, display, phone]) await page.context().close();
}

async function comingBack() {
  await organiser.goto(`${server.url}/start`);
  await organiser.getByRole('heading', { name: 'Rooms made in this browser' }).waitFor();
  const other = await organiser.context().newPage(); // a tab without the token
  await other.goto(`${server.url}/start`);
  await other.getByLabel('Organiser’s link or token').fill(`v1.x.${'y'.repeat(40)}.z`);
  await press(other, 'Go on');
  await other.locator('.kept a').first().click(); // the draft
  await other.locator('.token').getByText('The server does not take this organiser’s token.').waitFor();
  await other.getByLabel('Organiser’s link or token').fill(startLink());
  await press(other, 'Go on');
  await status(other, 'No mistakes');
  await other.close();
  complaints.splice(0); // the browser tells of each 401
  await organiser.locator('section[aria-labelledby=rooms] button').click();
  await press(organiser, 'Press again: its links will be gone from here');
  await organiser.getByRole('heading', { name: 'Rooms made in this browser' }).waitFor({ state: 'detached' });
  assert.ok(!(await organiser.evaluate(() => JSON.stringify(localStorage))).includes('v1.'), 'forgotten');
}

// Without a mouse: what has the focus is seen, and a new view is read from its heading on.
async function byKeyboard() {
  const page = await newPage(startLink());
  await button(page, /^Begin with this day: Staff/).waitFor();
  const focused = () =>
    page.evaluate(() => {
      const { activeElement: at } = document;
      const { left, top, width, height } = at.getBoundingClientRect();
      const above = document.elementFromPoint(left + Math.min(width, 20) / 2, top + Math.min(height, 20) / 2);
      const labels = [...(at.labels || [])].map((label) => label.textContent).join(' ');
      const words = at.getAttribute('aria-label') || labels || at.textContent;
      return { words, seen: at === above || at.contains(above), heading: /^H\d$/.test(at.tagName) };
    });
  const tabTo = async (words) => {
    for (let presses = 0; presses < 300; presses++) {
      await page.keyboard.press('Tab');
      const at = await focused();
      assert.ok(at.seen, `"${at.words.slice(0, 60)}" has the focus and is covered`);
      if (at.words.includes(words)) return;
    }
    assert.fail(`"${words}" is not reached`);
  };
  const enter = async (words, heading) => {
    await tabTo(words);
    await page.keyboard.press('Enter');
    // The button that leads there may say the same.
    await until(`${heading} is read`, async () => {
      const at = await focused();
      return at.heading && at.words.includes(heading);
    });
  };
  await enter('Begin with this day: Staff', 'Staff town hall');
  await enter('Where are you listening from?', 'Where are you listening from?');
  await tabTo('What people are asked – English');
  await page.keyboard.type('And where are you?');
  await tabTo('Remove In the hall');
  await page.keyboard.press('Enter');
  await until('there is something to have the focus', async () => (await focused()).words === 'Add an answer');
  await tabTo('Undo');
  await page.keyboard.press('Enter');
  await status(page, 'No mistakes');
  await enter('Make the room', 'Your room is open');
  await tabTo('Copy the link: Presenter');
  await page.context().close();
}

// --- every view in each way of reading ---

const WORDS = {
  en: { begin: /^Begin with this day: /, source: 'Source', make: 'Make the room' },
  cy: { begin: /^Dechrau gyda’r diwrnod hwn: /, source: 'Ffynhonnell', make: 'Creu’r ystafell' },
};

async function look(page, state) {
  findings.push(...(await page.inspect(folder, state)));
}

async function everyView(way, size) {
  const words = WORDS[way] || WORDS.en;
  const page = await Page.open(browser, size === SMALLEST ? 'small' : 'start', `${server.url}/start`, size, way, complaints);
  const { page: tab } = page;
  await look(page, 'token');
  await tab.goto(startLink());
  await button(tab, words.begin).nth(1).waitFor();
  await look(page, 'begin');
  await button(tab, words.begin).nth(1).click();
  await tab.locator('.bar .good').waitFor();
  await look(page, 'day');
  for (const [name, index] of [['poll', 2], ['25-10', 8], ['cafe', 9], ['gallery', 12]]) {
    await tab.locator('.activities .entry').nth(index).click();
    await tab.locator('.fields').waitFor();
    await look(page, name);
  }
  await tab.locator('.fields input').first().fill('');
  await tab.locator('.fields input').nth(1).fill(HOSTILE);
  await tab.locator('.bar .bad, .bar .good').waitFor();
  await look(page, 'hostile');
  await button(tab, words.source).click();
  const text = await tab.locator('#source').inputValue();
  await rewrite(tab, text.replace('"activities": [', '"activities": '));
  await tab.locator('.finding').waitFor();
  // The frame is in the page's language; the server's sentence is English, and says so.
  assert.match(await tab.locator('.finding button').innerText(), way === 'cy' ? /^Llinell/ : /^Line/);
  assert.equal(await tab.locator('.finding span').getAttribute('lang'), 'en');
  assert.equal(await tab.getByText('Yn Saesneg y mae’r gweinydd').count(), way === 'cy' ? 1 : 0);
  await tab.locator('.finding button').click();
  await look(page, 'source');
  await rewrite(tab, JSON.stringify(await day(), null, 1));
  await tab.locator('.bar .good').waitFor();
  await button(tab, words.make).click();
  await tab.locator('.first .qr').waitFor();
  await tab.locator('#paper-size').waitFor();
  await look(page, 'room');
  for (const name of ['guests', 'team']) {
    await tab.locator(`a[href$="/${name}"]`).click();
    await tab.locator('.sheet').waitFor();
    await look(page, name);
    await tab.goBack();
  }
  await tab.goto(`${server.url}/start#/`);
  await tab.locator('section[aria-labelledby=rooms]').waitFor();
  await look(page, 'kept');
  assert.equal(await tab.evaluate(() => window.broken), undefined);
  await tab.context().close();
}

const day = async () => ({ ...(await (await fetch(`${server.url}/api/v1/library/days/september`)).json()), title: HOSTILE });

browser = await launch();
try {
  await server.start();
  await step('the page opens by its link only', opening);
  await step('a sample day, in another order, asks something else', writing);
  await step('a broken source is told with its line', breaking);
  await step('a mistake in the form stands at its field', mending);
  await step('an activity and a language more, and a file', adding);
  await step('the room and its links', making);
  await step('two sheets of paper', paper);
  await step('a vote', voting);
  await step('the browser keeps it until it is forgotten', comingBack);
  await step('by keyboard alone', byKeyboard);
  for (const way of Object.keys(WAYS)) await step(`every view: ${way}`, () => everyView(way, LAPTOP));
  await step('every view: 320 px', () => everyView('en', SMALLEST));
  await browser.close();
  await server.stop();
} catch (error) {
  const pages = browser.contexts().flatMap((context) => context.pages());
  for (const [i, page] of pages.entries()) {
    await page.screenshot({ path: path.join(folder, `failed-${i}.png`) }).catch(() => {});
  }
  console.error(complaints.join('\n'));
  console.error(server.output.slice(-3000));
  server.process?.kill('SIGKILL');
  throw error;
} finally {
  rmSync(data, { recursive: true, force: true });
}
assert.deepEqual(findings, []);
assert.deepEqual(complaints, [], 'the page ran without an error');
console.log('start: all well');
