// The big screens: what each of them shows, read off the page as people in the room read it. Both must
// show the same; each leaves a picture.
import path from 'node:path';
import { until } from '../room.mjs';

const STILL = 1500; // ms

// The words of an element without what stands beside them in the second language.
const reading = (root) => {
  const words = (selector, within = root) =>
    [...within.querySelectorAll(selector)].map((element) => {
      const copy = element.cloneNode(true);
      copy.querySelectorAll('.beside, .said-beside, .yours, .poster, .unseen').forEach((one) => one.remove());
      return copy.textContent.trim();
    });
  const rows = [...root.querySelectorAll('.ranking .row[data-row]')];
  const bars = [...root.querySelectorAll('.bars > li')];
  return {
    figures: words('.figure strong'),
    bars: bars.map((row) => [words('.bar-text', row)[0], Number(words('.bar-count', row)[0])]),
    nobody: words('.nobody'),
    ranking: rows.map((row) => ['.rank', '.name', '.score'].map((part) => words(part, row)[0])),
    before: words('.half-head strong'),
    columns: words('.columns .bar-count').map(Number),
    basis: words('.basis').map((text) => text.replace(/\s+/g, ' ')),
    notes: words('.note .item-title'),
    more: words('.notes > .remark'),
    tables: [...root.querySelectorAll('.table-plan > li')].map((table) => [words('b', table)[0], words('strong', table)[0], words('small', table)[0]]),
  };
};

export class Walls {
  constructor(pages, folder) {
    Object.assign(this, { pages, folder });
  }

  // Once every screen shows the result of this kind.
  result(name, selector = '.result:not(.telling)') {
    return this.read(name, selector, (seen) => seen.basis.length || seen.figures.length || seen.before.length);
  }

  // The tables, once as many people sit at them.
  tables(name, fits) {
    return this.read(name, '.tables', fits);
  }

  // What all screens show, once that is the same on each and stays so: rows arrive one after the other,
  // and a screen may be a view behind what has just been done.
  async read(name, selector, fits) {
    const frames = this.pages.map((page) => page.locator(`.frame${selector}`));
    await Promise.all(frames.map((frame) => frame.waitFor()));
    let shown;
    let before = '';
    let since = Date.now();
    await until(`${name} stands on every screen, the same on each`, async () => {
      const all = (await Promise.all(frames.map((frame) => frame.evaluate(reading)))).map((one) => JSON.stringify(one));
      if (!all.every((one) => one === before)) since = Date.now();
      before = all[0];
      shown = JSON.parse(all[0]);
      return Date.now() - since > STILL && fits(shown);
    });
    await Promise.all(this.pages.map((page, i) => page.screenshot({ path: path.join(this.folder, `${name}-display-${i + 1}.png`) })));
    return shown;
  }
}
