// A real browser: Debian's Chromium, driven by playwright-core, with a page for each way of reading.
import { createRequire } from 'node:module';
import path from 'node:path';
import { WEB } from './where.mjs';

// What is tested with is installed with what is built with: `npm ci` in gateway/web.
export const load = createRequire(path.join(WEB, 'package.json'));

const CHROMIUM = process.env.CHROMIUM || '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launch = () =>
  load('playwright-core').chromium.launch({ executablePath: CHROMIUM, args: FLAGS });

// How people read: [name, what differs]. `zoom`: text twice as large.
export const WAYS = {
  en: { locale: 'en-GB' },
  cy: { locale: 'cy-GB' },
  dark: { locale: 'en-GB', colorScheme: 'dark' },
  large: { locale: 'en-GB', zoom: true },
  forced: { locale: 'en-GB', forcedColors: 'active' },
};

export class Page {
  // `complaints` gathers errors of scripts, and what the content policy stopped.
  static async open(browser, name, address, size, way, complaints) {
    const { zoom, ...options } = WAYS[way];
    const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce', ignoreHTTPSErrors: true, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(60000);
    page.on('pageerror', (error) => complaints.push(`${name}: ${error.stack}`));
    page.on('console', (message) => {
      const lost = /WebSocket connection|ERR_CONNECTION|ERR_INTERNET|404/.test(message.text());
      if (message.type() === 'error' && !lost) complaints.push(`${name}: ${message.text()}`);
    });
    if (zoom) {
      await page.addInitScript(() => {
        document.addEventListener('DOMContentLoaded', () => {
          document.documentElement.style.fontSize = '200%';
        });
      });
    }
    await page.goto(address);
    return new Page(page, name, way);
  }

  constructor(page, name, way) {
    Object.assign(this, { page, name, way });
  }

  // A picture; then what is wrong with the page as it is: words, none if all is well.
  async inspect(folder, state) {
    const { page } = this;
    await page.screenshot({ path: path.join(folder, `${this.name}-${state}-${this.way}.png`) });
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    const found = wide > 0 ? [`${wide} px wider than the screen`] : [];
    await page.evaluate(load('axe-core').source);
    // At the end of the page, where the foot hides nothing that could be scrolled out from under it.
    const at = await page.evaluate(() => {
      const before = window.scrollY;
      window.scrollTo(0, document.documentElement.scrollHeight);
      return before;
    });
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const { violations } = await page.evaluate((runOnly) => window.axe.run(document, { runOnly }), tags);
    await page.evaluate((y) => window.scrollTo(0, y), at);
    for (const v of violations) {
      const places = v.nodes.slice(0, 3).map((n) => `${n.html.slice(0, 200)} (${n.failureSummary})`);
      found.push(`${v.id}: ${places.join(' | ')}`);
    }
    return found.map((words) => `${this.name}, ${state}, ${this.way}: ${words}`);
  }
}
