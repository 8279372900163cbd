// How long the display's main thread works for a frame, at 1080p, while 16 rows re-sort and 80 words
// come in: node frames.mjs PROGRAM [--seconds 10] [--rounds 2] [--pages DIR]... [--trace DIR]
// Prints figures; it judges nothing. With several --pages they take turns in one run, each with a server,
// a room and a browser of its own, so that what else the machine does falls on all of them alike.
//
// Main thread: scripts, styles, layout, pre-paint and recording what is painted, from the browser's own
// trace. CPU is the thread's own clock, without what else the machine does; wall is what passed. A machine
// without a GPU rasters and draws in software, on other threads: told apart, in ms of CPU a second.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { launch, load } from './browser.mjs';
import { Person, Server, sleep, Staff, until } from './room.mjs';
import { framesOf, merged, tell } from './trace.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '2' },
    pages: { type: 'string', multiple: true, default: [''] },
    trace: { type: 'string' },
  },
});
const [program] = positionals;
if (!program) throw new Error('usage: node frames.mjs PROGRAM [--seconds 10] [--rounds 2] [--pages DIR]... [--trace DIR]');
const PEOPLE = 24;
const time = { collect_ms: 3600000, vote_ms: 3600000, grace_ms: 200 }; // the clock is on the screen
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

async function vote({ people }, until_) {
  while (Date.now() < until_) {
    const dots = [...new Set([1, 2, 3].map(() => `p${1 + Math.floor(Math.random() * 16)}`))];
    await pick(people).cast({ kind: 'dots', dots: dots.map((item) => ({ item, dots: 1 })) });
    await sleep(40);
  }
}

// Every second word is a new one, until there are 80; then they only grow.
async function write(side, until_) {
  while (Date.now() < until_) {
    const i = side.written++;
    const word = i % 2 === 0 && i / 2 < WORDS.length ? WORDS[i / 2] : pick(WORDS.slice(0, 1 + Math.min(i / 2, 79)));
    await side.people[i % PEOPLE].say({ type: 'item.add', text: word });
    await sleep(40);
  }
}

// One set of pages, with all that it needs.
async function open(pages) {
  const data = mkdtempSync(path.join(tmpdir(), 'plenum-frames-'));
  const server = new Server(path.resolve(program), data, pages ? ['--pages', path.resolve(pages)] : []);
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
  return { name: pages || 'pages of the program', data, server, staff, people, browser, page, written: 0 };
}

async function close({ data, server, staff, people, browser }) {
  await browser.close();
  for (const person of [...people, staff]) person.close();
  await server.stop();
  rmSync(data, { recursive: true, force: true });
}

const CATEGORIES = ['benchmark', 'devtools.timeline', 'disabled-by-default-devtools.timeline'];

async function measure(side, activity, rows, act) {
  const { page, browser, name } = side;
  await act(side, Date.now() + 1500); // the first of it is not measured
  await until('rows on the screen', async () => (await page.locator(rows).count()) > 0);
  await browser.startTracing(page, { categories: CATEGORIES });
  await act(side, Date.now() + Number(values.seconds) * 1000);
  const trace = String(await browser.stopTracing());
  if (values.trace) {
    mkdirSync(values.trace, { recursive: true });
    writeFileSync(path.join(values.trace, `${activity}-${path.basename(name)}.json`), trace);
    await page.screenshot({ path: path.join(values.trace, `${activity}-${path.basename(name)}.png`) });
  }
  return { ...framesOf(trace), shown: await page.locator(rows).count() };
}

async function run(sides) {
  for (const pages of values.pages) sides.push(await open(pages));
  console.log(`${sides[0].browser.version()}, 1920 x 1080, ${cpus().length} x ${cpus()[0].model}, no GPU; ${values.rounds} rounds of ${values.seconds} s`);
  for (const [activity, phase, rows, act] of [
    ['dots', 'voting', '[data-row]', vote],
    ['words', 'collecting', '.cloud [data-word]', write],
  ]) {
    for (const side of sides) await side.staff.advance(activity, phase);
    const found = sides.map(() => []);
    for (let round = 0; round < Number(values.rounds); round++) {
      for (const [i, side] of sides.entries()) found[i].push(await measure(side, activity, rows, act));
    }
    for (const [i, side] of sides.entries()) {
      console.log(`${activity}, ${found[i].at(-1).shown} on the screen, ${side.name}:`);
      tell(merged(found[i]));
    }
  }
}

const sides = [];
try {
  await run(sides);
} finally {
  for (const side of sides) await close(side);
}
