// What a page weighs and how soon it is there on a bad network: 240 kbit/s, 600 ms round trip, a processor six
// times slower. For any page on this machine's loopback, ours or a peer's, by the same instruments.
// Usage: node page_weight.mjs [--seen SELECTOR] [--runs 3] [--settle 3000] URL
// Prints, as medians: requests and bytes until nothing has been loaded for SETTLE ms, with an empty cache and
// without service workers; when the first content was painted; when SELECTOR was visible. Judges nothing.
import { parseArgs } from 'node:util';
import { launch } from '../pages/browser.mjs';
import { Network } from '../pages/network.mjs';

const RTT = 600;
const RATE = 240000 / 8; // bytes a second
const SLOWER = 6;
const LIMIT = 300000; // ms: a heavy page takes minutes at this rate

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seen: { type: 'string' }, runs: { type: 'string', default: '3' }, settle: { type: 'string', default: '3000' } },
});
const address = positionals[0] && new URL(positionals[0]);
if (!address || address.protocol !== 'http:' || !['127.0.0.1', 'localhost'].includes(address.hostname)) {
  throw new Error('usage: node page_weight.mjs [--seen SELECTOR] [--runs 3] [--settle 3000] http://127.0.0.1:PORT/PATH');
}

// Counts what a page loads, as it comes over the line.
async function counted(page) {
  const session = await page.context().newCDPSession(page);
  const seen = { requests: 0, bytes: 0, scripts: 0, lastAt: performance.now(), open: new Set() };
  const kinds = new Map();
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (!request.url.startsWith('http')) return;
    seen.requests++;
    seen.open.add(requestId);
  });
  session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
  const ended = ({ requestId, encodedDataLength = 0 }) => {
    if (!seen.open.delete(requestId)) return;
    seen.bytes += encodedDataLength;
    if (kinds.get(requestId) === 'Script') seen.scripts += encodedDataLength;
    seen.lastAt = performance.now();
  };
  session.on('Network.loadingFinished', ended);
  session.on('Network.loadingFailed', ended);
  return seen;
}

async function once(browser) {
  const network = new Network(Number(address.port || 80));
  await network.start();
  network.slow = { rtt: RTT, rate: RATE };
  const context = await browser.newContext({ viewport: { width: 390, height: 760 }, locale: 'en-GB', serviceWorkers: 'block' });
  const page = await context.newPage();
  page.setDefaultTimeout(LIMIT);
  const seen = await counted(page);
  const begin = performance.now();
  await page.goto(`${network.url}${address.pathname}${address.search}${address.hash}`, { waitUntil: 'commit', timeout: LIMIT });
  const found = { there: NaN };
  if (values.seen) {
    await page.locator(values.seen).first().waitFor();
    found.there = performance.now() - begin;
  }
  while (seen.open.size || performance.now() - seen.lastAt < Number(values.settle)) {
    if (performance.now() - begin > LIMIT) break;
    await page.waitForTimeout(100);
  }
  found.painted = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN);
  Object.assign(found, { loaded: seen.lastAt - begin, requests: seen.requests, bytes: seen.bytes, scripts: seen.scripts, line: network.bytes });
  await context.close();
  await network.stop();
  return found;
}

const browser = await launch();
const all = [];
for (let i = 0; i < Number(values.runs); i++) all.push(await once(browser));
await browser.close();
const of = (name) => all.map((one) => one[name]).sort((a, b) => a - b)[Math.floor(all.length / 2)];
const seconds = (ms) => (Number.isNaN(ms) ? 'never' : `${(ms / 1000).toFixed(2)} s`);
const count = (n) => Math.round(n).toLocaleString('en-GB');
console.log(`${address.href}: ${(RATE * 8) / 1000} kbit/s, ${RTT} ms round trip, processor ${SLOWER} times slower; medians of ${values.runs}`);
console.log(`  ${of('requests')} requests, ${count(of('bytes'))} bytes as they came (${count(of('scripts'))} of scripts), ${count(of('line'))} over the line with all that is around them`);
console.log(`  first content painted after ${seconds(of('painted'))}${values.seen ? `, ${values.seen} seen after ${seconds(of('there'))}` : ''}, all loaded after ${seconds(of('loaded'))}`);
