// The pages in a real browser, against the real server: one phone, the presenter and the display
// are Chromium; five more people are scripts. Usage: node journey_test.mjs PROGRAM FOLDER
// Leaves screenshots in FOLDER. Non-zero on the first thing that is not as it must be.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch, load } from './browser.mjs';
import { Person, Server, until } from './room.mjs';

const HOSTILE =
  '<img src=x onerror="window.broken=1"> Swap <b>desks</b> for a day. First step: ask.';

const [program, folder] = process.argv.slice(2).map((name) => path.resolve(name));
assert.ok(program && folder, 'usage: node journey_test.mjs PROGRAM FOLDER');

mkdirSync(folder, { recursive: true });

const scale = { kind: 'scale', low: 1, high: 5, low_label: 'not at all', high_label: 'very' };
const time = { grace_ms: 200 };
const SHEET = {
  title: 'A room of six',
  languages: ['en'],
  expected_people: 6,
  activities: [
    {
      id: 'before',
      title: 'Before',
      prompt: 'How confident are you?',
      ballot: scale,
      series: 's',
      time,
    },
    {
      id: 'ideas',
      title: 'Ideas',
      prompt: 'What if you were ten times bolder?',
      collect: { who: 'everyone', each: 1, max_graphemes: 300 },
      ballot: scale,
      deal: { rounds: 5, deck: 'phones' },
      time,
    },
    {
      id: 'gallery',
      title: 'Gallery',
      prompt: 'Which first?',
      ballot: { kind: 'dots', budget: 5, cap: 5 },
      items: ['Bees', 'Trees', 'Benches', 'More trees'].map((title, i) => ({
        id: `p${i + 1}`,
        number: i + 1,
        title,
      })),
      shuffle_items: false,
      time,
    },
    { id: 'after', title: 'After', prompt: 'And now?', ballot: scale, series: 's', time },
  ],
};

// --- the browser ---

const complaints = []; // errors of scripts, and what the content policy stopped
let browser;
const pages = {};

async function openPage(name, address, size) {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(30000);
  page.on('pageerror', (error) => complaints.push(`${name}: ${error.stack}`));
  page.on('console', (message) => {
    const lost =
      message.text().includes('WebSocket connection') || message.text().includes('ERR_CONNECTION');
    if (message.type() === 'error' && !lost) complaints.push(`${name}: ${message.text()}`);
  });
  await page.goto(address);
  pages[name] = page;
  return page;
}

// A picture, no sideways scrolling, and no finding of axe.
async function inspect(name, picture) {
  const page = pages[name];
  await page.screenshot({ path: path.join(folder, `${picture}.png`) });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wide <= 0, `${picture}: ${wide} px wider than the screen`);
  await page.evaluate(axe);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const found = await page.evaluate((runOnly) => window.axe.run(document, { runOnly }), tags);
  const words = found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`);
  assert.deepEqual(words, [], `${picture}: accessibility`);
}

const shows = (name, text) => pages[name].getByText(text).first().waitFor();
const press = (name, text) => pages[name].getByRole('button', { name: text }).click();

async function step(name, action) {
  const begin = Date.now();
  await action();
  console.log(`ok  ${name} (${Date.now() - begin} ms)`);
}

// --- the story ---

let server;
let room;
let others;

async function joining() {
  const phone = await openPage('phone', server.url, { width: 320, height: 640 });
  await phone.getByLabel('The six digits').fill('000000');
  await press('phone', 'Join');
  await shows('phone', /no room with this code/);
  complaints.length = 0; // the browser reports the 404 that was asked for
  await phone.getByLabel('The six digits').fill(room.code);
  await inspect('phone', 'phone-join');
  await press('phone', 'Join');
  await shows('phone', 'Who answers for your data'); // before anything is joined
  await inspect('phone', 'phone-notice');
  await press('phone', 'I understand');
  await phone.waitForURL(`**/r/${room.code}`);
  await shows('phone', 'A room of six');
  await phone.reload(); // the same participant again
  await shows('phone', 'A room of six');
  await Promise.all(others.map((person) => person.join()));
  const size = { width: 1600, height: 900 };
  const display = await openPage('display', room.links.display, size);
  await shows('display', 'of 6 are here');
  await until('six are here', async () => (await display.textContent('.band')).startsWith('6 '));
  await openPage('presenter', room.links.presenter, { width: 1280, height: 800 });
  await shows('presenter', '“Before”: open voting');
  for (const name of ['display', 'presenter']) {
    assert.equal(await pages[name].evaluate(() => location.hash), '', 'the token left the address');
    await inspect(name, `${name}-start`);
  }
}

async function qrCode() {
  const box = await pages.display.locator('.lobby .qr').screenshot();
  const pixels = await pages.display.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [240, 240]; // as small as a phone sees it from afar
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0, 240, 240);
    const { data, width, height } = context.getImageData(0, 0, 240, 240);
    return { data: [...data], width, height };
  }, box.toString('base64'));
  const jsQR = load('jsqr');
  const read = (jsQR.default || jsQR)(
    Uint8ClampedArray.from(pixels.data),
    pixels.width,
    pixels.height,
  );
  assert.equal(read && read.data, `${server.url}/r/${room.code}`);
}

async function answer(value) {
  await pages.phone.locator(`.tile input[value="${value}"]`).check();
}

// The browser's own error page may still be on its way, and interrupts the first attempt.
async function openAgain(page, address) {
  for (let attempts = 10; ; --attempts) {
    try {
      return await page.goto(address);
    } catch (error) {
      if (attempts === 1 || !/interrupted by another navigation/.test(error.message)) throw error;
    }
    await page.waitForTimeout(500);
  }
}

// The server is killed with a changed answer on the way; the phone brings it when it is back.
async function voting() {
  await press('presenter', '“Before”: open voting');
  await shows('phone', 'How confident are you?');
  await answer(1);
  await press('phone', 'Send my answer');
  await pages.phone.locator('.fate.counted').waitFor();
  await inspect('phone', 'phone-scale');
  await server.kill();
  await answer(4);
  await press('phone', 'Change my answer');
  await pages.phone.locator('.fate.saved .here', { hasText: 'Saved on this phone' }).waitFor();
  await shows('phone', /No connection/);
  await shows('display', 'holding');
  await shows('display', 'How confident are you?');
  await pages.phone.reload().catch(() => {}); // nobody serves the page now
  await server.start();
  await openAgain(pages.phone, `${server.url}/r/${room.code}`);
  await pages.phone.locator('.fate.counted').waitFor({ timeout: 30000 });
  assert.ok(await pages.phone.locator('.tile input[value="4"]').isChecked());
  await Promise.all(others.map((person) => person.connect()));
  const values = [2, 3, 3, 4, 4];
  await Promise.all(others.map((person, i) => person.cast({ kind: 'scale', value: values[i] })));
  await shows('presenter', 'Close voting: 6 of 6 are in');
  await pages.display.locator('.band', { hasText: '6 of 6 have answered' }).waitFor();
  await inspect('display', 'display-open');
  await inspect('presenter', 'presenter-open');
}

async function closeAndReveal() {
  await press('presenter', /^Close voting/);
  await shows('phone', 'Voting has closed.');
  assert.equal(await pages.display.locator('.chart').count(), 0, 'nothing before the reveal');
  await press('presenter', /^Reveal/);
}

async function meanIsShown() {
  await closeAndReveal();
  await pages.display.locator('.figure strong', { hasText: '3.33' }).waitFor();
  assert.equal(await pages.display.locator('.figure strong').nth(2).innerText(), '6');
  const bars = await pages.display.locator('.bar-count').allInnerTexts();
  assert.deepEqual(bars, ['0', '1', '2', '3', '0']);
  await pages.phone.locator('.figure strong', { hasText: '3.33' }).waitFor();
  await shows('phone', 'You said 4.');
  await inspect('phone', 'phone-result');
  await inspect('display', 'display-mean');
}

async function writing() {
  await press('presenter', '“Ideas”: open: write the cards');
  await pages.phone.getByLabel('One bold idea').fill(HOSTILE);
  await shows('phone', `${300 - HOSTILE.length} characters left`);
  await inspect('phone', 'phone-write');
  await press('phone', 'Hand in my card');
  await shows('phone', 'Handed in');
  await Promise.all(
    others.map((person, i) => person.say({ type: 'item.add', text: `Idea ${i + 1}` })),
  );
  await shows('presenter', 'Open round 1: deal and pass (6 cards)');
}

// In each round the phone passes its card on, hears the bell, and scores what it then holds.
async function oneRound(round) {
  const opens = round === 1 ? /^Open round 1/ : new RegExp(`^Open round ${round}: deal and pass`);
  await press('presenter', opens);
  await shows('phone', `Round ${round} of 5`);
  await pages.display.locator('.mill h1', { hasText: 'Pass the cards' }).waitFor();
  await press('phone', 'Pass it on');
  await pages.phone
    .locator('.next', { hasText: /Passed on 1 time|Nobody|no one|partner/ })
    .waitFor();
  if (round === 1)
    await Promise.all(['phone', 'display'].map((name) => inspect(name, `${name}-mill`)));
  await press('presenter', 'Bell: score');
  await pages.phone.locator('.score-screen').waitFor();
  await answer(1 + (round % 5));
  if (round === 1)
    await Promise.all(
      ['phone', 'display', 'presenter'].map((name) => inspect(name, `${name}-score`)),
    );
  await press('phone', 'Score this card');
  await pages.phone.locator('.fate.counted').waitFor();
  await Promise.all(others.map((person, i) => person.scoreCard(1 + ((i + round) % 5))));
  await pages.display.locator('.band', { hasText: '6 of 6 have scored' }).waitFor();
}

async function topTen() {
  await press('presenter', /^End the rounds: 6 of 6/);
  await shows('phone', 'All rounds are done.');
  await press('presenter', /^Reveal/);
  const rows = pages.display.locator('.deck-chart .row');
  await until('six cards', async () => (await rows.count()) === 6);
  const totals = (await pages.display.locator('.deck-chart .score').allInnerTexts()).map(Number);
  assert.deepEqual(
    totals,
    [...totals].sort((a, b) => b - a),
    'highest first',
  );
  assert.ok(
    totals.every((total) => total >= 5 && total <= 25),
    `every card in full: ${totals}`,
  );
  await shows('display', HOSTILE); // as text
  await pages.phone.locator('.yours').waitFor();
  await inspect('phone', 'phone-top-ten');
  await inspect('display', 'display-top-ten');
  for (const page of Object.values(pages)) {
    assert.equal(await page.evaluate(() => window.broken), undefined, 'text is only text');
  }
}

async function dots() {
  await press('presenter', '“Gallery”: open voting');
  const more = (title) =>
    pages.phone.getByRole('button', { name: `One dot more on ${title}`, exact: true });
  for (let i = 0; i < 3; i++) await more('Trees').click();
  for (let i = 0; i < 2; i++) await more('Bees').click();
  await shows('phone', '0 left');
  assert.ok(await more('Benches').isDisabled(), 'the budget is spent');
  await inspect('phone', 'phone-dots');
  await inspect('display', 'display-dots');
  await press('phone', 'Send my dots');
  await pages.phone.locator('.fate.counted').waitFor();
  const cast = [
    { item: 'p2', dots: 1 },
    { item: 'p4', dots: 4 },
  ];
  await Promise.all(others.slice(0, 2).map((person) => person.cast({ kind: 'dots', dots: cast })));
  await shows('presenter', 'Close voting: 3 of 6 are in');
  await press('presenter', /^Close voting/);
  await shows('phone', 'Voting has closed.');
  await pages.presenter.getByLabel('2. Trees').check();
  await pages.presenter.getByLabel('4. More trees').check();
  await inspect('presenter', 'presenter-merge');
  await press('presenter', 'Merge 2');
  await shows('presenter', 'with 4. More trees');
  await press('presenter', /^Reveal/);
  const first = pages.display.locator('.dots-chart .row').first();
  await first.getByText('Trees').waitFor();
  assert.equal(await first.locator('.score').textContent(), '13*');
  assert.equal(await first.locator('.rests').innerText(), '3 people');
  await inspect('display', 'display-leaderboard');
}

async function comparison() {
  await press('presenter', '“After”: open voting');
  await shows('phone', 'Linked to your answer in “Before”');
  await answer(4);
  await press('phone', 'Send my answer');
  await Promise.all(others.map((person) => person.cast({ kind: 'scale', value: 4 })));
  await shows('presenter', 'Close voting: 6 of 6 are in');
  await closeAndReveal();
  const means = pages.display.locator('.dumbbell .db-mean');
  await until('both means', async () => (await means.count()) === 2);
  assert.deepEqual(await means.allTextContents(), ['3.33', '4.00']);
  await shows('display', /Of the 6 who answered both times, 3 went up, 3 stayed, 0 went down/);
  await inspect('display', 'display-comparison');
  await inspect('phone', 'phone-comparison');
  await inspect('presenter', 'presenter-result');
}

async function wrongLink() {
  const page = await openPage('wrong', `${server.url}/f/${room.code}#t=v1.a.b.c`, {
    width: 1024,
    height: 768,
  });
  await page.locator('.plain p').waitFor();
  assert.notEqual(await page.locator('.plain p').innerText(), '');
  assert.equal(await page.locator('.big').count(), 0);
}

// --- all of it ---

const axe = load('axe-core').source;
const data = mkdtempSync(path.join(tmpdir(), 'plenum-pages-'));
let failed = true;
try {
  const flags = (process.env.PLENUM_SERVE_FLAGS || '').split(' ').filter(Boolean);
  server = new Server(program, data, flags);
  await server.start();
  room = await server.makeRoom(SHEET);
  const WebSocket = load('ws');
  others = [1, 2, 3, 4, 5].map((n) => new Person(server, room.code, `person ${n}`, WebSocket));
  browser = await launch();
  await step('six people join, by code and by script', joining);
  await step('the QR code on the display leads into the room', qrCode);
  await step('a vote outlives kill -9 of the server and a reload', voting);
  await step('the presenter closes and reveals, the display shows the mean', meanIsShown);
  await step('cards are written, one of them hostile', writing);
  for (let round = 1; round <= 5; round++)
    await step(`25/10, round ${round}`, () => oneRound(round));
  await step('the top ten', topTen);
  await step('dots, and a merge', dots);
  await step('the second poll, compared with the first', comparison);
  await step('a wrong link is told so', wrongLink);
  assert.deepEqual(complaints, [], 'the pages ran without an error');
  for (const person of others) person.close();
  await browser.close();
  await server.stop();
  failed = false;
} finally {
  if (failed) {
    for (const [name, page] of Object.entries(pages)) {
      await page.screenshot({ path: path.join(folder, `failed-${name}.png`) }).catch(() => {});
    }
    console.error(complaints.join('\n'));
    if (server) console.error(server.output.slice(-4000));
    if (browser) await browser.close().catch(() => {});
    if (server && server.process) server.process.kill('SIGKILL');
  }
  rmSync(data, { recursive: true, force: true });
}
console.log('journey: all well');
