// How soon a phone can vote on a bad network: 240 kbit/s, 600 ms round trip, a processor six times slower.
// Usage: node first_vote.mjs PROGRAM [RUNS]. Prints figures, and fails only if a phone never gets there.
//
// A newcomer scans the code, reads the notice (not counted: people read as fast as they read) and goes on;
// somebody who is in the room already opens the page again with nothing in the browser's cache. Twice each:
// with the browser's own throttling (which does not slow WebSockets), and through a proxy that delays every
// byte of every connection, the setting up of connections, too. No connection is left from before.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch, load } from '../pages/browser.mjs';
import { Network } from '../pages/network.mjs';
import { Server, sleep, Staff } from '../pages/room.mjs';

const RTT = 600;
const RATE = 240000 / 8; // bytes a second
const SLOWER = 6;
const SHEET = {
  title: 'First vote',
  languages: ['en'],
  expected_people: 10,
  activities: [{ id: 'first', title: 'First', prompt: 'How sure are you?', ballot: { kind: 'scale', low: 1, high: 5 } }],
};

const [program, runs = '5'] = process.argv.slice(2);
if (!program) throw new Error('usage: node first_vote.mjs PROGRAM [RUNS]');

const data = mkdtempSync(path.join(tmpdir(), 'plenum-first-vote-'));
const server = new Server(path.resolve(program), data, (process.env.PLENUM_SERVE_FLAGS || '').split(' ').filter(Boolean));
await server.start();
const room = await server.makeRoom(SHEET);
const staff = new Staff(server, room, 'producer', load('ws'));
await staff.open();
await staff.advance('first', 'voting');
const browser = await launch();

async function slowPage(context, byProxy) {
  const page = await context.newPage();
  page.setDefaultTimeout(60000);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  if (!byProxy) {
    const speed = { downloadThroughput: RATE, uploadThroughput: RATE };
    await session.send('Network.emulateNetworkConditions', { offline: false, latency: RTT, ...speed });
  }
  return page;
}

async function timed(action) {
  const begin = performance.now();
  await action();
  return performance.now() - begin;
}

async function once(byProxy) {
  const network = new Network(server.port);
  await network.start();
  if (byProxy) network.slow = { rtt: RTT, rate: RATE };
  const url = `${network.url}/r/${room.code}`;
  const context = await browser.newContext({ viewport: { width: 390, height: 760 }, locale: 'en-GB' });
  const first = await slowPage(context, byProxy);
  const votes = (page) => page.locator('.tile input').first().waitFor({ state: 'attached' });
  const opened = await timed(async () => {
    await first.goto(url, { waitUntil: 'commit' });
    await first.locator('.privacy-screen .big').waitFor();
  });
  await first.waitForTimeout(3000); // somebody reads
  const joined = await timed(async () => {
    await first.locator('.privacy-screen .big').click();
    await votes(first);
  });
  await first.waitForFunction((key) => localStorage.getItem(key), `plenum.token.${room.code}`); // and is let in
  await first.close();
  network.cut(false);
  await sleep(500);
  const again = await slowPage(context, byProxy);
  const before = network.bytes;
  const returned = await timed(async () => {
    await again.goto(url, { waitUntil: 'commit' });
    await votes(again);
  });
  const bytes = network.bytes - before;
  await context.close();
  await network.stop();
  return { opened, joined, newcomer: opened + joined, returned, bytes };
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
console.log(`${RATE * 8 / 1000} kbit/s, ${RTT} ms round trip, processor ${SLOWER} times slower; medians of ${runs} runs`);
for (const byProxy of [false, true]) {
  const all = [];
  for (let i = 0; i < Number(runs); i++) all.push(await once(byProxy));
  const of = (name) => median(all.map((one) => one[name]));
  console.log(byProxy ? 'every connection delayed by a proxy:' : 'throttled by the browser:');
  console.log(`  newcomer: notice readable after ${seconds(of('opened'))}, then first vote possible after ${seconds(of('joined'))}: ${seconds(of('newcomer'))} without reading`);
  console.log(`  in the room already: first vote possible after ${seconds(of('returned'))} (${of('bytes')} bytes)`);
}
await browser.close();
staff.close();
await server.stop();
rmSync(data, { recursive: true, force: true });
