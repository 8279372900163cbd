// How long the display's main thread works for a frame, at 1080p, while 16 rows re-sort and 80 words
// come in: node frames.mjs PROGRAM [SECONDS]. Prints figures; it judges nothing. A machine without a
// GPU paints in software, off the main thread; that is not in the figures: they are scripts, styles,
// layout, pre-paint and recording what is painted, from the browser's own trace, in the thread's CPU time:
// what else the machine does is not in it.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { launch, load } from './browser.mjs';
import { Person, Server, sleep, Staff, until } from './room.mjs';

const [program, seconds = '10'] = process.argv.slice(2);
if (!program) throw new Error('usage: node frames.mjs PROGRAM [SECONDS]');
const PEOPLE = 24;
const FRAME_MS = 1000 / 60;
const time = { grace_ms: 200 };
const SHEET = {
  title: 'Frames',
  languages: ['en'],
  expected_people: PEOPLE,
  activities: [
    {
      id: 'dots',
      title: 'Dots',
      prompt: 'Where should the energy go?',
      ballot: { kind: 'dots', budget: 5, cap: 5 },
      items: Array.from({ length: 16 }, (_, i) => ({ id: `p${i + 1}`, number: i + 1, title: `Idea ${i + 1}: a named neighbour for everybody` })),
      reveal: 'live',
      time,
    },
    {
      id: 'words',
      title: 'Words',
      prompt: 'What do you hope for?',
      collect: { who: 'everyone', each: 10, max_graphemes: 60, words: 3 },
      reveal: 'live',
      time,
    },
  ],
};
const STEMS = 'trust time courage patience listening kindness learning change hope energy'.split(' ');
const ENDS = ['', ' together', ' for all', ' now', ' at work', ' every day', ' and care', ' again'];
const WORDS = ENDS.flatMap((end) => STEMS.map((stem) => stem + end)); // 80

const pick = (list) => list[Math.floor(Math.random() * list.length)];

async function vote(people, until_) {
  while (Date.now() < until_) {
    const dots = [...new Set([1, 2, 3].map(() => `p${1 + Math.floor(Math.random() * 16)}`))];
    await pick(people).cast({ kind: 'dots', dots: dots.map((item) => ({ item, dots: 1 })) });
    await sleep(40);
  }
}

async function write(people, until_) {
  for (let i = 0; Date.now() < until_; i++) {
    await people[i % PEOPLE].say({ type: 'item.add', text: i < WORDS.length ? WORDS[i] : pick(WORDS) });
    await sleep(40);
  }
}

// For each frame that the main thread makes: its own task (styles, layout, pre-paint, recording), and
// all other tasks of the 16.7 ms before it (scripts: messages, timers, rendering by the page).
function framesOf(trace) {
  const all = JSON.parse(trace).traceEvents.filter((e) => e.ph === 'X');
  const begins = all.filter((e) => e.name === 'ProxyMain::BeginMainFrame');
  const { pid, tid } = begins[0];
  const tasks = all.filter((e) => e.name === 'RunTask' && e.pid === pid && e.tid === tid).sort((a, b) => a.ts - b.ts);
  const frames = begins.map(({ ts }) => {
    const own = tasks.find((t) => t.ts <= ts && ts < t.ts + t.dur);
    const before = tasks.filter((t) => t !== own && t.ts + t.dur > own.ts - FRAME_MS * 1000 && t.ts < own.ts);
    return [own, ...before].reduce((sum, t) => sum + t.tdur, 0) / 1000;
  });
  return { frames, longest: Math.max(...tasks.map((t) => t.tdur)) / 1000 };
}

function tell(name, { frames, longest }) {
  const sorted = [...frames].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(1);
  const over = frames.filter((ms) => ms > FRAME_MS).length;
  console.log(`${name}: ${frames.length} frames; main thread a frame: median ${at(0.5)} ms, 95 % ${at(0.95)} ms, 99 % ${at(0.99)} ms, most ${at(1)} ms; above 16.7 ms: ${over}; longest task ${longest.toFixed(1)} ms`);
}

const data = mkdtempSync(path.join(tmpdir(), 'plenum-frames-'));
const flags = (process.env.PLENUM_SERVE_FLAGS || '').split(' ').filter(Boolean);
const server = new Server(path.resolve(program), data, flags);
await server.start();
const room = await server.makeRoom(SHEET);
const WebSocket = load('ws');
const staff = new Staff(server, room, 'producer', WebSocket);
await staff.open();
const people = Array.from({ length: PEOPLE }, (_, i) => new Person(server, room.code, `person ${i}`, WebSocket));
for (const person of people) await person.join();
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'en-GB' });
const page = await context.newPage();
await page.goto(room.links.display);

async function measure(activity, phase, rows, act) {
  await staff.advance(activity, phase);
  await act(people, Date.now() + 1500); // the first of it is not measured
  await until('rows on the screen', async () => (await page.locator(rows).count()) > 0);
  await browser.startTracing(page, { categories: ['benchmark', 'disabled-by-default-devtools.timeline'] });
  await act(people, Date.now() + Number(seconds) * 1000);
  const trace = await browser.stopTracing();
  const shown = await page.locator(rows).count();
  tell(`${activity}, ${shown} on the screen`, framesOf(trace.toString()));
}

console.log(`${browser.version()}, 1920 x 1080, ${cpus().length} x ${cpus()[0].model}, no GPU`);
await measure('dots', 'voting', '.row', vote);
await measure('words', 'collecting', '.cloud text', write);
if (process.env.PLENUM_FRAMES_PICTURE) await page.screenshot({ path: process.env.PLENUM_FRAMES_PICTURE });
await browser.close();
for (const person of [...people, staff]) person.close();
await server.stop();
rmSync(data, { recursive: true, force: true });
