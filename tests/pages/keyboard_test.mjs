// The whole day of day.mjs on one phone, by keyboard alone, on 320 px with text at 200 %: each thing is
// reached with Tab, shows that it has the focus, and is used with Enter, Space, arrows or by typing.
// Usage: node keyboard_test.mjs PROGRAM FOLDER
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch, load, Page } from './browser.mjs';
import { Day } from './day.mjs';
import { Server } from './room.mjs';
import { SHEET } from './sheet.mjs';

const [program, folder] = process.argv.slice(2).map((name) => path.resolve(name));
assert.ok(program && folder, 'usage: node keyboard_test.mjs PROGRAM FOLDER');
mkdirSync(folder, { recursive: true });

const MOST_TABS = 120; // more than any screen has
let presses = 0;

// Whether the element has the focus, and whether one can see that it does.
const focusOn = (element, group) => {
  const active = document.activeElement;
  const seen = (e) => {
    if (!e) return false;
    const { boxShadow, outlineStyle, textDecorationLine } = getComputedStyle(e);
    return boxShadow !== 'none' || outlineStyle !== 'none' || textDecorationLine === 'underline';
  };
  const shows = seen(active) || seen(active.nextElementSibling) || seen(active.closest('label'));
  return { there: active === element || (group && active.name === group), shows, what: active.outerHTML.slice(0, 120), page: active === document.body };
};

// What day.mjs does with a locator, done with keys.
class Keys {
  constructor(page, at) {
    Object.assign(this, { page, at });
  }

  nth(n) {
    return new Keys(this.page, this.at.nth(n));
  }

  first() {
    return this.nth(0);
  }

  last() {
    return new Keys(this.page, this.at.last());
  }

  locator(selector) {
    return new Keys(this.page, this.at.locator(selector));
  }

  count() {
    return this.at.count();
  }

  waitFor() {
    return this.at.waitFor();
  }

  async hit(key) {
    presses++;
    await this.page.keyboard.press(key);
  }

  // Tab until it has the focus; of radio buttons, until one of its group has it.
  async reach() {
    const element = await this.at.elementHandle();
    const name = await element.evaluate((e) => (e.type === 'radio' ? e.name : ''));
    for (let i = 0; i < MOST_TABS; i++) {
      const focus = await element.evaluate(focusOn, name);
      assert.ok(focus.page || focus.shows || i === 0, `the focus is not seen on ${focus.what}`);
      if (focus.there) return;
      await this.hit('Tab');
    }
    assert.fail(`not reached with Tab: ${await element.evaluate((e) => e.outerHTML.slice(0, 200))}`);
  }

  async press(key) {
    await this.at.waitFor();
    await this.page.waitForFunction((e) => !e.disabled, await this.at.elementHandle());
    await this.reach();
    await this.hit(key);
  }

  click() {
    return this.press('Enter');
  }

  dispatchEvent() {
    return this.click();
  }

  async check() {
    await this.reach();
    await this.hit('Space');
    const isRadio = await this.at.evaluate((e) => e.type === 'radio');
    for (let i = 0; isRadio && i < 30 && !(await this.at.isChecked()); i++) await this.hit('ArrowRight');
    assert.ok(await this.at.isChecked());
  }

  async fill(text) {
    await this.press('Control+A');
    await this.page.keyboard.type(text);
  }

  blur() {
    return this.hit('Tab');
  }
}

// A page for day.mjs, of which only the keyboard is used.
const keyed = (page) => ({
  locator: (selector) => new Keys(page, page.locator(selector)),
  evaluate: (action) => page.evaluate(action),
});

const complaints = [];
const findings = [];
const data = mkdtempSync(path.join(tmpdir(), 'plenum-keyboard-'));
const server = new Server(program, data, (process.env.PLENUM_SERVE_FLAGS || '').split(' ').filter(Boolean));
const browser = await launch();
let phone;
let day;
try {
  await server.start();
  const room = await server.makeRoom(SHEET);
  phone = await Page.open(browser, 'keyboard', server.url, { width: 320, height: 640 }, 'large', complaints);
  const look = async (state, ...roles) => {
    if (!roles.includes('phone')) return;
    findings.push(...(await phone.inspect(folder, state)));
    console.log(`${state}: ${presses} keys`);
  };
  day = new Day(server, { phone: [{ page: keyed(phone.page) }], display: [], presenter: [] }, look, load('ws'), 7);
  await day.run(room);
  await browser.close();
  day.close();
  await server.stop();
} catch (error) {
  await phone?.page.screenshot({ path: path.join(folder, 'failed.png') }).catch(() => {});
  console.error(complaints.join('\n'));
  server.process?.kill('SIGKILL');
  throw error;
} finally {
  rmSync(data, { recursive: true, force: true });
}
assert.deepEqual(findings, []);
assert.deepEqual(complaints, [], 'the pages ran without an error');
console.log(`keyboard: all well, ${presses} keys`);
