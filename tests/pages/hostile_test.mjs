// Texts that are out to do harm, from run sheets and from people, on phones (320 px, and text at 200 %)
// and on the big screen: they stay texts, nothing is wider than the screen, and buttons can be reached.
// Usage: node hostile_test.mjs PROGRAM FOLDER. Leaves screenshots in FOLDER.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch, load, Page } from './browser.mjs';
import { Person, Server, Staff, until } from './room.mjs';

const [program, folder] = process.argv.slice(2).map((name) => path.resolve(name));
assert.ok(program && folder, 'usage: node hostile_test.mjs PROGRAM FOLDER');
mkdirSync(folder, { recursive: true });

const MARKS = `a${'\u0301\u0316'.repeat(5000)}z`; // ten thousand on one letter
const TEXTS = {
  script: '<script>window.broken=1</script><img src=x onerror="window.broken=1">"\'`--><b>bold</b>',
  url: 'javascript:window.broken=1//%3Cscript%3E',
  bidi: '\u202eesrever ni si siht\u202c and \u2067inside\u2069 after',
  arabic: 'هل يمكننا أن نتعلم معًا؟ 123',
  hebrew: 'מה אם היינו נועזים פי עשרה? ABC',
  emoji: '👩🏽‍🚒👨‍👩‍👧‍👦🏴󠁧󠁢󠁷󠁬󠁳󠁿'.repeat(12),
  long: 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen'.repeat(3),
  zero: 'a\u200b\u200c\u200d\ufeff\u00adb\u2028c',
  marks: MARKS,
  format: '${7*7} {{7*7}} %s %n \\u0041 &lt;b&gt; &#60;',
};
const names = Object.keys(TEXTS);
// A run sheet with characters that change the direction of writing, or with more, is refused at once.
const cut = (text) => [...text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')].slice(0, 150).join('');
const SHEET_TEXTS = Object.fromEntries(names.map((name) => [name, cut(TEXTS[name])]));
const items = names.map((id, i) => ({ id, number: i + 1, title: SHEET_TEXTS[id] }));
const SHEET = {
  title: SHEET_TEXTS.script,
  languages: ['en'],
  expected_people: 6,
  activities: [
    { id: 'choice', title: SHEET_TEXTS.long, prompt: SHEET_TEXTS.bidi, ballot: { kind: 'choice', options: names.map((id) => ({ id, title: SHEET_TEXTS[id] })) }, reveal: 'live' },
    { id: 'scale', title: SHEET_TEXTS.emoji, prompt: SHEET_TEXTS.arabic, ballot: { kind: 'scale', low: 1, high: 5, low_label: SHEET_TEXTS.script, high_label: SHEET_TEXTS.long } },
    { id: 'dots', title: SHEET_TEXTS.marks, prompt: SHEET_TEXTS.script, ballot: { kind: 'dots', budget: 5, cap: 5 }, items },
    { id: 'text', title: SHEET_TEXTS.hebrew, collect: { who: 'everyone', each: 12, max_graphemes: 300 } },
    { id: 'words', title: SHEET_TEXTS.url, collect: { who: 'everyone', each: 12, max_graphemes: 60, words: 3 }, reveal: 'live' },
    { id: 'seats', title: SHEET_TEXTS.format, seats: { rounds: 1, capacity: 9, tables: 3, planned: false }, items: items.slice(0, 3) },
  ].map((activity) => ({ ...activity, time: { grace_ms: 200 } })),
};

const complaints = [];
const findings = [];
const pages = [];
let server;
let browser;

async function look(state) {
  for (const page of pages) {
    findings.push(...(await page.inspect(folder, state)));
    const broken = await page.page.evaluate(() => window.broken || document.querySelectorAll('body script:not([type="application/json"]), body img, [onerror]').length);
    if (broken) findings.push(`${page.name}, ${state}: text is more than text`);
    // What can be pressed lies within the page's width, and is not buried under something else.
    const buried = await page.page.evaluate(() => {
      const bad = [];
      for (const button of document.querySelectorAll('button:not(:disabled)')) {
        button.scrollIntoView({ block: 'center' });
        const { left, right, top, bottom, width } = button.getBoundingClientRect();
        if (!width) continue;
        const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        if (left < 0 || right > innerWidth || !(button.contains(hit) || hit?.contains(button))) bad.push(button.textContent);
      }
      return bad;
    });
    for (const words of buried) findings.push(`${page.name}, ${state}: cannot be pressed: ${words.slice(0, 80)}`);
  }
  console.log(state);
}

const phones = () => pages.filter((page) => page.name !== 'display').map((page) => page.page);
const each = (action) => Promise.all(phones().map(action));
const big = (page) => page.locator('.foot .big:not(.quiet)').first();
const counted = (page) => page.locator('.fate.counted .here').first().waitFor();

async function day(room, staff, person) {
  await each(async (page) => {
    await page.locator('.privacy-screen .big').click();
    await page.locator('.waiting-screen').waitFor();
  });
  await look('waiting');
  await staff.advance('choice', 'voting');
  await each(async (page) => {
    await page.locator('.option input').nth(0).check();
    await big(page).click();
    await counted(page);
  });
  await look('choice');
  await staff.advance('choice', 'closed', 'revealed');
  await each((page) => page.locator('.result-screen').waitFor());
  await look('choice-result');
  await staff.advance('scale', 'voting');
  await each((page) => page.locator('.tile').first().waitFor());
  await look('scale');
  await staff.advance('scale', 'closed');
  await staff.advance('dots', 'voting');
  await each(async (page) => {
    for (let i = 0; i < 3; i++) await page.locator('.row').nth(i).locator('.stepper button').last().click();
    await big(page).click();
    await counted(page);
  });
  await look('dots');
  await staff.order('items.merge', { activity: 'dots', into: 'bidi', from: ['script'] });
  await staff.advance('dots', 'closed', 'revealed');
  await each((page) => page.locator('.result-screen').waitFor());
  await look('dots-result');
  await texts(staff, person);
  await staff.advance('seats', 'collecting', 'seated');
  await each((page) => page.locator('.choose-screen').waitFor());
  await look('tables');
  await each(async (page) => {
    await page.locator('.top button').click();
    await page.locator('.day-screen').waitFor();
  });
  await look('my-day');
}

// What people write: on the phones one each, the rest by a script; too much of it is told so.
async function texts(staff, person) {
  await staff.advance('text', 'collecting');
  await each(async (page, i) => {
    await page.locator('#text').fill(MARKS);
    await page.locator('.left.over').waitFor();
    assert.ok(await big(page).isDisabled(), 'too much to be sent');
    await page.locator('#text').fill([TEXTS.script, TEXTS.bidi][i]);
    await big(page).click();
    await counted(page);
  });
  for (const name of names.filter((n) => n !== 'marks')) await person.say({ type: 'item.add', text: TEXTS[name] });
  await person.say({ type: 'item.add', text: MARKS.slice(0, 1200) });
  await look('text');
  await staff.advance('text', 'closed', 'revealed');
  await each((page) => page.locator('.gallery .note').nth(8).waitFor());
  await look('text-result');
  await staff.advance('words', 'collecting');
  for (const name of names) await person.say({ type: 'item.add', text: [...TEXTS[name]].slice(0, 40).join('') });
  await each(async (page) => {
    await page.locator('#text').fill('<b>bold</b>');
    await big(page).click();
    await counted(page);
  });
  await look('words');
  await staff.advance('words', 'closed', 'revealed');
}

const data = mkdtempSync(path.join(tmpdir(), 'plenum-hostile-'));
let failed = true;
try {
  server = new Server(program, data, (process.env.PLENUM_SERVE_FLAGS || '').split(' ').filter(Boolean));
  await server.start();
  await assert.rejects(() => server.makeRoom({ ...SHEET, title: TEXTS.bidi }), /direction of writing/);
  const room = await server.makeRoom(SHEET);
  const staff = new Staff(server, room, 'producer', load('ws'));
  await staff.open();
  const person = new Person(server, room.code, 'script', load('ws'));
  await person.join();
  browser = await launch();
  const where = `${server.url}/r/${room.code}`;
  pages.push(await Page.open(browser, 'phone', where, { width: 320, height: 640 }, 'en', complaints));
  pages.push(await Page.open(browser, 'large', where, { width: 360, height: 740 }, 'large', complaints));
  pages.push(await Page.open(browser, 'display', room.links.display, { width: 1920, height: 1080 }, 'en', complaints));
  await day(room, staff, person);
  await until('the text was taken', () => staff.activity('text').result);
  await browser.close();
  staff.close();
  person.close();
  await server.stop();
  failed = false;
} finally {
  if (failed) {
    for (const { page, name } of pages) await page.screenshot({ path: path.join(folder, `failed-${name}.png`) }).catch(() => {});
    console.error([...findings, ...complaints].join('\n'));
    console.error(server?.output.slice(-2000));
    await browser?.close().catch(() => {});
    server?.process?.kill('SIGKILL');
  }
  rmSync(data, { recursive: true, force: true });
}
assert.deepEqual(findings, []);
assert.deepEqual(complaints, [], 'the pages ran without an error');
console.log('hostile: all well');
