// Those who run the day, in real browsers against the real server: two presenters who see each other, and
// a producer who has the whole day rehearsed by a button, over plain HTTP and over TLS.
// Usage: node team_test.mjs PROGRAM FOLDER. Leaves pictures in FOLDER.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch, Page } from './browser.mjs';
import { Server, until } from './room.mjs';
import { WEB } from './where.mjs';

const [program, folder] = process.argv.slice(2).map((name) => path.resolve(name));
assert.ok(program && folder, 'usage: node team_test.mjs PROGRAM FOLDER');
mkdirSync(folder, { recursive: true });
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'; // the certificate is made below, for this test alone

const SHEET = JSON.parse(readFileSync(path.join(WEB, '..', 'library', 'days', 'staff-town-hall.json'), 'utf8'));
const TITLE = SHEET.title.en || SHEET.title;
const LAPTOP = { width: 1280, height: 900 };
const complaints = [];
let browser;
let server;
let room;

async function step(name, action) {
  const begin = Date.now();
  await action();
  console.log(`ok  ${name} (${Date.now() - begin} ms)`);
}

const open = async (name, address) => (await Page.open(browser, name, address, LAPTOP, 'en', complaints)).page;
const button = (page, name) => page.getByRole('button', { name, exact: true });
const control = (page, words) => page.locator('.control', { hasText: words }).waitFor();
const tab = (page, name) => page.locator('.tabs button', { hasText: new RegExp(`^${name}`) }).click();
const picture = (page, name) => page.screenshot({ path: path.join(folder, `${name}.png`) });

// A link of their own for somebody, with a name that the others will see.
async function linkFor(producer, name) {
  await tab(producer, 'Prepare');
  await producer.locator('#link-role').selectOption('presenter');
  await producer.locator('#link-name').fill(name);
  await button(producer, 'Make a link').click();
  const made = producer.locator('.made-link', { hasText: `The link of ${name}.` });
  return made.locator('a').getAttribute('href');
}

async function handOver() {
  const producer = await open('producer', room.links.producer);
  const links = [await linkFor(producer, 'Ada'), await linkFor(producer, 'Bryn')];
  assert.notEqual(links[0], links[1]);
  const [ada, bryn] = await Promise.all(links.map((link, i) => open(['ada', 'bryn'][i], link)));
  await control(ada, 'Nobody has taken control');
  await button(ada, 'Take control').click();
  await control(ada, 'You run the day');
  await control(bryn, 'Ada (Presenter) runs the day');
  assert.equal(await button(ada, 'Take control').count(), 0);
  await bryn.locator('.strip', { hasText: 'The control is now with: Ada (Presenter)' }).waitFor();
  // Who had it is told, by sight and by ear; nobody's rights depend on it.
  await button(bryn, 'Take control').click();
  await control(bryn, 'You run the day');
  await ada.locator('.strip', { hasText: 'The control is now with: Bryn (Presenter)' }).waitFor();
  await picture(ada, 'control-lost');
  await control(ada, 'Bryn (Presenter) runs the day');
  await until('it is said to those who listen', async () => /now with: Bryn/.test(await ada.locator('[aria-live]').allInnerTexts().then((all) => all.join(' '))));
  assert.equal(await bryn.locator('.strip', { hasText: 'The control is now with: Bryn' }).count(), 0, 'who took it is not told of themselves');
  await picture(bryn, 'control-taken');
  await together(ada, bryn);
  await control(producer, 'Bryn (Presenter) runs the day');
  await Promise.all([producer, ada, bryn].map((page) => page.context().close()));
}

// Both press the big button at once: it is one press, and both see the same.
async function together(ada, bryn) {
  const big = (page) => page.locator('#big:not([aria-disabled])');
  await Promise.all([ada, bryn].map((page) => big(page).filter({ hasText: /^“/ }).waitFor()));
  await Promise.all([ada, bryn].map((page) => big(page).click()));
  const chips = () => Promise.all([ada, bryn].map((page) => page.locator('.now-head .chip').innerText()));
  await until('both see it open', async () => (await chips()).every((chip) => /^(Voting|Writing)/i.test(chip)));
  const refused = await Promise.all([ada, bryn].map((page) => page.locator('.strip').filter({ hasNotText: 'The control is now with' }).count()));
  assert.deepEqual(refused, [0, 0], 'the second press is no fault of anybody');
}

// The button on the producer's page: begun, watched, stopped; begun again, to its end.
async function rehearse() {
  const page = await open('producer', room.links.producer);
  await tab(page, 'Prepare');
  const panel = page.locator('.panel.rehearsal');
  const begin = async (people, speed) => {
    await panel.locator('#rehearse-people').fill(people);
    await panel.locator('#rehearse-speed').fill(speed);
    await button(panel, 'Rehearse').click();
    await panel.getByText('The rehearsal is running.').waitFor();
  };
  await begin('12', '1');
  await panel.locator('.lines', { hasText: '12 people have joined room' }).waitFor();
  const link = await panel.getByRole('link', { name: 'Its big screen' }).getAttribute('href');
  assert.ok(link.startsWith(`${server.url}/d/`), link);
  const screen = await open('copy', link);
  await screen.getByText(`Rehearsal: ${TITLE}`).first().waitFor();
  await screen.context().close();
  await button(panel, 'Stop it').click();
  await button(panel, 'Tap again: Stop it').click();
  await panel.getByText('The rehearsal was stopped.').waitFor();
  await begin('8', '0');
  await panel.locator('.lines').waitFor();
  await panel.getByText('The rehearsal is done.').waitFor({ timeout: 240000 });
  await panel.getByText('lost: 0 · counted twice: 0 · tallies that differ: 0').waitFor();
  await picture(page, server.url.startsWith('https') ? 'rehearsed-tls' : 'rehearsed');
  assert.match(await page.locator('.now-head .chip').innerText(), /^(Voting|Writing|Waiting)/i, 'the room itself is as it was');
  await page.context().close();
}

// A certificate for this address, of nobody's.
const beside = mkdtempSync(path.join(tmpdir(), 'plenum-team-tls-'));
function certificate() {
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => path.join(beside, name));
  const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert]);
  assert.equal(made.status, 0, String(made.stderr));
  return ['--tls-cert', cert, '--tls-key', key];
}

async function serving(flags, action) {
  const data = mkdtempSync(path.join(tmpdir(), 'plenum-team-'));
  const more = (process.env.PLENUM_SERVE_FLAGS || '').split(' ').filter(Boolean);
  server = new Server(program, data, [...more, ...flags()]);
  try {
    await server.start();
    room = await server.makeRoom(SHEET);
    await action();
    await server.stop();
  } catch (error) {
    console.error(server.output.slice(-2000));
    server.process?.kill('SIGKILL');
    throw error;
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

try {
  browser = await launch();
  await serving(() => [], async () => {
    await step('the control goes from one to the other', handOver);
    await step('a rehearsal by a button: begun, stopped, done', rehearse);
  });
  await serving(certificate, () => step('the same over TLS', rehearse));
  assert.deepEqual(complaints, [], 'the pages ran without an error');
} catch (error) {
  for (const context of browser?.contexts() || [])
    for (const page of context.pages()) await page.screenshot({ path: path.join(folder, 'failed.png') }).catch(() => {});
  console.error(complaints.join('\n'));
  throw error;
} finally {
  await browser?.close();
  rmSync(beside, { recursive: true, force: true });
}
console.log('team: all well');
