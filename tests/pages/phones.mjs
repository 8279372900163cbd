// A person with a phone, whose network can be cut: what they do, and all that their page says meanwhile.
import assert from 'node:assert/strict';
import path from 'node:path';
import { Network } from './network.mjs';

// What happens on a phone's page, as it happens: what became of the answer, and the strip on top.
const observe = () => {
  let last = '';
  const look = () => {
    const words = (selector) => document.querySelector(selector)?.textContent || '';
    const fate = document.querySelector('.foot .fate');
    const state = fate ? fate.className.replace('fate ', '') : '';
    const seen = { state, here: words('.foot .fate .here') || (fate?.textContent ?? ''), strip: words('#strip') };
    const now = JSON.stringify(seen);
    if (now !== last) window.tellTest(now);
    last = now;
  };
  document.addEventListener('DOMContentLoaded', () => {
    look();
    const all = { subtree: true, childList: true, characterData: true, attributes: true };
    new MutationObserver(look).observe(document.body, all);
  });
};

// One person: a browser with a storage of its own, behind a network of its own.
export class Phone {
  // What all of them share: { browser, server, room, folder, complaints }.
  static world = {};

  static async make(name, { shift = 0, joins = true } = {}) {
    const phone = new Phone();
    phone.name = name;
    phone.seen = [];
    phone.network = new Network(Phone.world.server.port);
    await phone.network.start();
    phone.context = await Phone.world.browser.newContext({ viewport: { width: 390, height: 760 }, locale: 'en-GB', reducedMotion: 'reduce' });
    await phone.context.exposeBinding('tellTest', (_, seen) => phone.seen.push({ at: Date.now(), ...JSON.parse(seen) }));
    await phone.context.addInitScript(observe);
    if (shift) {
      await phone.context.addInitScript((by) => {
        const real = Date.now;
        Date.now = () => real.call(Date) + by;
      }, shift);
    }
    await phone.open();
    if (joins) await phone.goOn();
    return phone;
  }

  async open() {
    this.page = await this.context.newPage();
    this.page.setDefaultTimeout(60000);
    this.page.on('pageerror', (error) => Phone.world.complaints.push(`${this.name}: ${error.stack}`));
    await this.page.goto(`${this.network.url}/r/${Phone.world.room.code}`);
    return this.page;
  }

  // The notice was read.
  goOn() {
    return this.page.locator('.privacy-screen .big').click();
  }

  // What comes from such an address is held up, or fails, until the function that this gives is called.
  async hinder(address, how) {
    const waiting = [];
    const wait = (route) => (how === 'fails' ? route.abort() : waiting.push(route));
    await this.context.route(address, wait);
    return async () => {
      await Promise.all(waiting.map((route) => route.continue()));
      await this.context.unroute(address, wait);
    };
  }

  async close() {
    await this.page.screenshot({ path: path.join(Phone.world.folder, `${this.name}.png`) }).catch(() => {});
    await this.context.close();
    await this.network.stop();
  }

  pick(value, page = this.page) {
    return page.locator(`.tile input[value="${value}"]`).check();
  }

  send(page = this.page) {
    return page.locator('.foot .big').click();
  }

  fate(state, page = this.page) {
    return page.locator(`.foot .fate.${state}`).waitFor();
  }

  strip(words, page = this.page) {
    return page.locator('#strip .strip', { hasText: words }).waitFor();
  }

  // What was shown since then.
  since(mark) {
    return this.seen.slice(mark);
  }

  get mark() {
    return this.seen.length;
  }

  neverSaid(mark, words, what) {
    const said = this.since(mark).filter((s) => words.test(`${s.state} ${s.here} ${s.strip}`));
    assert.deepEqual(said, [], `${this.name}: ${what}`);
  }
}
