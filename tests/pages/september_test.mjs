// The September day with real pages: three phones, two big screens and one facilitator are Chromium,
// everybody else is played by `plenum rehearse --follow`. All that the three do is tapped, all that leads
// the day is clicked; what the screens show in the end is what was published, and a count of the export
// alone says the same. Usage: node september_test.mjs PROGRAM FOLDER. Leaves pictures in FOLDER.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch, Page } from './browser.mjs';
import { Server } from './room.mjs';
import { Desk } from './september/desk.mjs';
import { Phone } from './september/phones.mjs';
import { ACTIVITIES, DOTS, FACTS, meanOf, tablesOf, TOPICS } from './september/published.mjs';
import { Rehearsal } from './september/rehearsal.mjs';
import { Walls } from './september/walls.mjs';
import { WEB } from './where.mjs';

const [program, folder] = process.argv.slice(2).map((name) => path.resolve(name));
assert.ok(program && folder, 'usage: node september_test.mjs PROGRAM FOLDER');
mkdirSync(folder, { recursive: true });

const PEOPLE = 180;
const PHONES = 3;
const complaints = [];
const shown = {}; // what the screens showed at the end of each activity
let browser;
let rehearsal;
let phones;
let desk;
let walls;
let part;

// What a facilitator does in this stage beside opening and closing, as the rehearsal's own would.
async function beside(activity, phase, round) {
  const deeds = part.lead.filter((deed) => deed.activity === activity && deed.phase === phase && (deed.round ?? round) === round);
  for (const deed of deeds) {
    if (deed.merge) await desk.merge(deed.merge);
    if (deed.unmerge) await desk.unmerge(deed.unmerge);
    if (deed.add) await desk.addTopic(deed.add);
    if (deed.tables) await desk.setTables(deed.tables);
    if (deed.extend_ms) await desk.minuteMore();
    if (deed.mark) await desk.mark((await leader()), deed.mark);
  }
}

// The question that leads so far: the first on the screens while everybody may see it.
let leading = '';
async function leader() {
  leading ||= await walls.pages[0].locator('.ranking .row .name').first().evaluate((name) => name.firstChild.textContent.trim());
  return leading;
}

const WALLS = {
  seated: async (spec, round) => {
    const { tables } = tablesOf(spec.id) || { tables: spec.seats.tables };
    const seen = await walls.tables(`${spec.id}-round-${round}`, (one) => one.tables.length === tables && one.tables.every(([, , seats]) => !seats.startsWith('0 ')));
    (shown[spec.id] ??= { rounds: [] }).rounds.push(seen.tables);
  },
};

// One activity, from the press that opens it to what the screens show when it is revealed.
async function play(spec) {
  await desk.open(spec.title.en);
  for (;;) {
    const stage = await rehearsal.stage(spec.id);
    const { phase, round } = stage;
    if (phase === 'waiting' || phase === 'closing') continue;
    await Promise.all([rehearsal.quiet(spec.id), ...phones.map((phone) => phone.act(spec, stage))]);
    await WALLS[phase]?.(spec, round);
    await beside(spec.id, phase, round);
    if (phase === 'revealed') break;
    if (phase === 'closed') (shown[spec.id] ??= {}).told = await desk.reveal();
    else await desk.on(phase);
  }
  shown[spec.id] = { ...shown[spec.id], ...(await walls.result(spec.id)) };
  CHECKS[spec.id]?.(shown[spec.id], spec);
}

const everyOption = (seen, spec) => {
  assert.equal(seen.bars.length, spec.ballot.options.length, `${spec.id}: every option was chosen`);
  assert.deepEqual(seen.nobody, []);
};

// Tables with people, in each round; the topics that they had.
const atTables = (seen, spec) => {
  const published = tablesOf(spec.id);
  assert.equal(seen.rounds.length, published.rounds);
  for (const round of seen.rounds) {
    assert.equal(round.length, published.tables);
    assert.equal(new Set(round.map(([, topic]) => topic)).size, published.topics, `${spec.id}: topics`);
  }
};

// What was published, on the big screens at the end of each activity.
const CHECKS = {
  areas: everyOption,
  'confidence-start': (seen) => assert.equal(seen.figures[0], meanOf('confidence-start')),
  'picture-experience': everyOption,
  'picture-hope': everyOption,
  ideas: (seen) => {
    assert.deepEqual(seen.ranking.slice(0, TOPICS.length), TOPICS);
    assert.ok(seen.told[0] === 10 && seen.told.every((place, i) => i === 0 || place < seen.told[i - 1]), `read out from the tenth place up: ${seen.told}`);
  },
  cafe: atTables,
  'open-space': atTables,
  gallery: (seen) => assert.deepEqual(seen.ranking.slice(0, DOTS.length).map(([, , score]) => score), DOTS.map(({ score }) => score)),
  'confidence-end': (seen) => assert.deepEqual(seen.before, [`Before: ${meanOf('confidence-start')}`, `Now: ${meanOf('confidence-end')}`]),
};

// What the rehearsal found, what a count of the export alone finds, and what the screens showed.
async function afterwards() {
  const { code, summary } = await rehearsal.summary();
  writeFileSync(path.join(folder, 'summary.json'), JSON.stringify(summary));
  assert.deepEqual(summary.differences, []);
  assert.deepEqual([summary.lost, summary.duplicated, summary.mismatches, code], [0, 0, 0, 0]);
  const recount = path.join(WEB, '..', '..', 'tests', 'integration', 'recount.py');
  const counted = spawnSync('python3', ['-B', recount, rehearsal.export, path.join(folder, 'summary.json')], { encoding: 'utf8' });
  assert.equal(counted.status, 0, `the recount of the export: ${counted.stdout.slice(-2000)}${counted.stderr}`);
  assert.deepEqual(summary.topics.map((row) => [String(row.rank), row.title, row.score]), TOPICS);
  assert.deepEqual(summary.dotmocracy.map((row) => row.score), DOTS.map(({ score }) => score));
  for (const row of summary.activities) onScreens(row);
  return summary;
}

// The sentence under a chart counts the same people as the summary.
function onScreens({ activity, people, contributions }) {
  const [basis = ''] = shown[activity].basis;
  const numbers = basis.replace(/\u202f/g, '').match(/\d+/g)?.map(Number) || [];
  if (/ wrote /.test(basis) && contributions !== undefined) assert.deepEqual(numbers.slice(0, 2), [people, contributions], activity);
  if (/ (answered|voted|placed) /.test(`${basis} `) && !/both times/.test(basis)) assert.equal(numbers[0], people, activity);
}

// Everything that a phone calls counted stands in the log where its receipt says.
async function receipts(log) {
  for (const phone of phones) {
    const answers = await phone.day();
    await phone.page.screenshot({ path: path.join(folder, `${phone.name}-my-day.png`), fullPage: true });
    assert.ok(answers.length >= 12, `${phone.name} has said ${answers.length} things`);
    for (const { bad, what, said, receipt } of answers) {
      assert.ok(!bad, `${phone.name}, ${what}: ${said}: ${receipt}`);
      assert.match(receipt, /^Receipt: entry \d/, `${phone.name}, ${what}: ${said}`);
      const event = JSON.parse(log[Number(receipt.replace(/\D/g, ''))]);
      assert.match(event.type, /\.(ballot\.cast|item\.added)\./, `${phone.name}, ${what}: ${receipt}`);
      assert.equal(event.actorrole, 'attendee');
    }
  }
}

async function step(name, action) {
  const begin = Date.now();
  await action();
  console.log(`ok  ${name} (${Date.now() - begin} ms)`);
}

async function openPages(server, room) {
  const open = (name, address, width, height) => Page.open(browser, name, address, { width, height }, 'en', complaints).then(({ page }) => page);
  phones = await Promise.all(part.people.map(async (mine, i) => new Phone(await open(`phone-${i + 1}`, server.url, 390, 844), `phone-${i + 1}`, mine, part.scores)));
  walls = new Walls(await Promise.all([1, 2].map((n) => open(`display-${n}`, room.links.display, 1600, 900))), folder);
  desk = new Desk(await open('presenter', room.links.presenter, 1400, 1000));
  await Promise.all(phones.map((phone) => phone.join(room.code)));
  await desk.takeControl();
}

const data = mkdtempSync(path.join(tmpdir(), 'plenum-september-'));
const server = new Server(program, data, (process.env.PLENUM_SERVE_FLAGS || '').split(' ').filter(Boolean));
try {
  await server.start();
  browser = await launch();
  rehearsal = new Rehearsal(program, server, data, { attendees: PEOPLE, without: PHONES });
  const room = await rehearsal.room();
  ({ part } = room);
  assert.equal(part.people.length, PHONES);
  await step('three phones, two screens and a facilitator come in', () => openPages(server, room));
  for (const spec of ACTIVITIES) await step(spec.id, () => play(spec));
  await desk.isDone();
  await step('the count of all of it', afterwards);
  await step('the receipts', () => receipts(readFileSync(rehearsal.export, 'utf8').trim().split('\n')));
  assert.deepEqual(complaints, [], 'the pages ran without an error');
  await browser.close();
  await server.stop();
} catch (error) {
  const pages = [...(phones || []).map((phone) => phone.page), ...(walls?.pages || []), desk?.page].filter(Boolean);
  await Promise.all(pages.map((page, i) => page.screenshot({ path: path.join(folder, `failed-${i}.png`) }).catch(() => {})));
  console.error(complaints.join('\n'));
  console.error(rehearsal?.err.slice(-1500));
  console.error(server.output.slice(-1500));
  rehearsal?.process.kill('SIGKILL');
  server.process?.kill('SIGKILL');
  await browser?.close().catch(() => {});
  throw error;
} finally {
  rmSync(data, { recursive: true, force: true });
}
console.log(`september: all well; ${FACTS.attendees} people`);
