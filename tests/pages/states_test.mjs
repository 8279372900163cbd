// Every page in every state that a day brings, in each way of reading: nothing for axe to find, no
// sideways scrolling, no error of a script. Usage: node states_test.mjs PROGRAM FOLDER [ROLE ...]
// Leaves a picture of each in FOLDER. ROLE: phone, display, presenter; all of them by default.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch, load, Page, WAYS } from './browser.mjs';
import { Day } from './day.mjs';
import { Server } from './room.mjs';
import { SHEET } from './sheet.mjs';

const [program, folder, ...roles] = process.argv.slice(2);
assert.ok(program && folder, 'usage: node states_test.mjs PROGRAM FOLDER [ROLE ...]');
const wanted = roles.length ? roles : ['phone', 'display', 'presenter'];
mkdirSync(folder, { recursive: true });

const SIZES = {
  phone: { width: 390, height: 760 },
  display: { width: 1920, height: 1080 },
  presenter: { width: 1280, height: 800 },
};
const SMALLEST = { width: 320, height: 640 }; // for one of the phones

const complaints = [];
const findings = [];
const pages = { phone: [], display: [], presenter: [] };

async function openAll(browser, server, room) {
  for (const role of wanted) {
    for (const way of Object.keys(WAYS)) {
      const size = role === 'phone' && way === 'en' ? SMALLEST : SIZES[role];
      // A producer's link opens the presenter's page with everything on it.
      const link = role === 'presenter' ? 'producer' : role;
      const address = role === 'phone' ? server.url : room.links[link];
      pages[role].push(await Page.open(browser, role, address, size, way, complaints));
    }
  }
}

// Looks at all pages of these roles as they are now.
async function look(state, ...of) {
  const begin = Date.now();
  for (const role of of.filter((role) => wanted.includes(role))) {
    const found = await Promise.all(pages[role].map((page) => page.inspect(folder, state)));
    findings.push(...found.flat());
    for (const words of found.flat()) console.log(`BAD ${words}`);
  }
  console.log(`${state} (${Date.now() - begin} ms)`);
}

const data = mkdtempSync(path.join(tmpdir(), 'plenum-states-'));
const server = new Server(path.resolve(program), data, (process.env.PLENUM_SERVE_FLAGS || '').split(' ').filter(Boolean));
const browser = await launch();
const day = new Day(server, pages, look, load('ws'));
try {
  await server.start();
  const room = await server.makeRoom(SHEET);
  await openAll(browser, server, room);
  await day.run(room);
  await browser.close();
  day.close();
  await server.stop();
} catch (error) {
  for (const page of Object.values(pages).flat()) {
    await page.page.screenshot({ path: path.join(folder, `failed-${page.name}-${page.way}.png`) }).catch(() => {});
  }
  console.error(complaints.join('\n'));
  console.error(server.output.slice(-3000));
  server.process?.kill('SIGKILL');
  throw error;
} finally {
  rmSync(data, { recursive: true, force: true });
}
assert.deepEqual(findings, []);
assert.deepEqual(complaints, [], 'the pages ran without an error');
console.log('states: all well');
