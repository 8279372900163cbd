// A phone, the presenter and the display in a real browser while the only broker of the log is
// gone. Usage, beside a broker: cluster.py --brokers 1 -- node away_pages_test.mjs PROGRAM FOLDER
// Leaves screenshots in FOLDER. Non-zero on the first thing that is not as it must be.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch } from '../pages/browser.mjs';
import { Server, until } from '../pages/room.mjs';

const [program, folder] = process.argv.slice(2).map((name) => path.resolve(name));
const { PLENUM_TEST_KAFKA: brokers, PLENUM_TEST_KAFKA_CONTROL: control } = process.env;
assert.ok(program && folder && brokers && control, 'see the first lines of this file');

const SHEET = {
  title: 'A room without its log',
  languages: ['en'],
  expected_people: 2,
  activities: [
    {
      id: 'areas',
      title: 'Areas',
      prompt: 'Where shall we begin?',
      ballot: {
        kind: 'choice',
        options: ['North', 'South', 'East'].map((title) => ({ id: title.toLowerCase(), title })),
        min: 1,
        max: 1,
      },
      time: { grace_ms: 200 },
    },
  ],
};

// One request to the control socket of cluster.py.
function broker(request) {
  return new Promise((done, failed) => {
    let answer = '';
    const socket = createConnection(control, () => socket.write(`${request}\n`));
    socket.on('error', failed);
    socket.on('data', (bytes) => {
      answer += bytes;
      if (!answer.endsWith('\n')) return;
      socket.end();
      if (answer.startsWith('ok')) done();
      else failed(new Error(answer));
    });
  });
}

const complaints = [];
const pages = {};

async function openPage(name, address, size) {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(30000);
  page.on('pageerror', (error) => complaints.push(`${name}: ${error.stack}`));
  await page.goto(address);
  pages[name] = page;
}

const picture = (name, of) => pages[name].screenshot({ path: path.join(folder, `${of}.png`) });
const press = (name, text) => pages[name].getByRole('button', { name: text }).click();
const shows = (name, text) => pages[name].getByText(text).first().waitFor();

async function step(name, action) {
  const begin = Date.now();
  await action();
  console.log(`ok  ${name} (${Date.now() - begin} ms)`);
}

// --- the story ---

const NOT_YET = 'Not recorded yet';
let browser;
let server;
let room;

async function begin() {
  await openPage('phone', room.links.attendee, { width: 360, height: 640 });
  await press('phone', 'I understand');
  await openPage('display', room.links.display, { width: 1280, height: 720 });
  await openPage('presenter', room.links.presenter, { width: 1280, height: 800 });
  await press('presenter', '“Areas”: open voting');
  await shows('phone', 'Where shall we begin?');
}

async function voteWithoutLog() {
  await broker('pause 1');
  await pages.phone.getByLabel('South').check();
  await press('phone', 'Send my answer');
  const strip = pages.phone.locator('#strip');
  await strip.filter({ hasText: NOT_YET }).waitFor();
  assert.match(await strip.innerText(), /1 answer saved on this phone/);
  assert.equal(await pages.phone.locator('.fate.counted').count(), 0, 'nothing that is not true');
  await pages.phone.locator('.fate.saved .here', { hasText: 'Saved on this phone' }).waitFor();
  await picture('phone', 'phone-log-away');
}

// Also while it is sent again and again, and over a reload.
async function keepsIt() {
  await pages.phone.reload();
  await pages.phone.locator('#strip', { hasText: NOT_YET }).waitFor();
  assert.ok(await pages.phone.getByLabel('South').isChecked());
  assert.equal(await pages.phone.locator('.fate.counted').count(), 0);
  await picture('phone', 'phone-log-away-reloaded');
}

async function presenterIsTold() {
  await press('presenter', /^Close voting/);
  await pages.presenter.locator('#strip', { hasText: NOT_YET }).waitFor();
  await picture('presenter', 'presenter-log-away');
  await picture('display', 'display-log-away');
  await shows('phone', 'Where shall we begin?'); // still open
}

async function countsInTheEnd() {
  await broker('resume 1');
  await shows('phone', 'Voting has closed.');
  await until('the strips are gone', async () => {
    const hidden = (name) => pages[name].locator('#strip').isHidden();
    return (await hidden('phone')) && (await hidden('presenter'));
  });
  await press('presenter', /^Reveal/);
  await shows('phone', '1 person answered');
  await pages.display.locator('.chart').first().waitFor();
  await picture('display', 'display-log-back');
  await picture('phone', 'phone-log-back');
}

mkdirSync(folder, { recursive: true });
const data = mkdtempSync(path.join(tmpdir(), 'plenum-away-'));
let failed = true;
try {
  const flags = ['--kafka', brokers];
  execFileSync(program, ['topics', ...flags, '--create', '--replication', '1']);
  server = new Server(program, path.join(data, 'node'), flags);
  await server.start();
  room = await server.makeRoom(SHEET);
  browser = await launch();
  await step('a phone, a presenter and a display', begin);
  await step('a vote while the log is away is not recorded yet', voteWithoutLog);
  await step('the phone keeps it', keepsIt);
  await step('the presenter is told the same', presenterIsTold);
  await step('it counts when the log is back', countsInTheEnd);
  assert.deepEqual(complaints, [], 'the pages ran without an error');
  await browser.close();
  await server.stop();
  failed = false;
} finally {
  await broker('resume 1');
  if (failed) {
    for (const name of Object.keys(pages)) await picture(name, `failed-${name}`).catch(() => {});
    console.error(complaints.join('\n'));
    if (server) console.error(server.output.slice(-4000));
    if (browser) await browser.close().catch(() => {});
    if (server && server.process) server.process.kill('SIGKILL');
  }
  rmSync(data, { recursive: true, force: true });
}
console.log('pages without a log: all well');
