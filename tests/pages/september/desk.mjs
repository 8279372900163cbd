// The presenter's page, led by clicking: the big button through every stage, and what a facilitator
// does beside it: tables, topics, merges, marks, a minute more, a count-down.
import assert from 'node:assert/strict';
import { until } from '../room.mjs';

// What the big button says when an activity is in this phase; the first group: how many are in.
const SAYS = {
  collecting: /^(?:Close writing(?:, open voting)?: (\d+) of \d+ are in|Open round 1: deal and pass \(\d+ cards\)|Close writing|Open voting|Send everybody to their tables)/,
  voting: /^(?:Close voting: (\d+) of \d+ are in|Send everybody to their tables)/,
  swapping: /^Bell: score$/,
  scoring: /^(?:Open round \d+: deal and pass \((\d+) of|Extra round: \d+ cards? short|End the rounds: (\d+) of)/,
  seated: /^(?:Next tables: round \d+|End the tables)$/,
};

export class Desk {
  constructor(page) {
    this.page = page;
  }

  async takeControl() {
    await this.page.getByRole('button', { name: 'Take control' }).click();
    await this.page.getByText('You run the day').first().waitFor();
  }

  // The big button, once it says this; gives what it said.
  async big(words) {
    const button = this.page.locator('#big:not([aria-disabled])').filter({ hasText: words });
    await button.waitFor();
    const said = await button.innerText();
    await button.click();
    return said;
  }

  open(title) {
    return this.big(new RegExp(`^“${escaped(title)}”: `));
  }

  // Out of an open stage; gives how many the button said are in, where it says so.
  async on(phase) {
    const said = await this.big(SAYS[phase]);
    const [, ...numbers] = SAYS[phase].exec(said);
    return Number(numbers.find((n) => n !== undefined) ?? NaN);
  }

  // Where places can be read out, from below, a press a place; gives the places in which they were told.
  async reveal() {
    const button = this.page.locator('#big:not([aria-disabled])').filter({ hasText: /^(Reveal|Count down|Tell place)/ });
    const told = [];
    for (;;) {
      await button.waitFor();
      const said = await button.innerText();
      await button.click();
      if (/^Reveal/.test(said)) return told;
      told.push(Number(/\d+$/.exec(said)[0]));
      await until(`place ${told.at(-1)} is told`, async () => (await this.page.locator('#big').innerText()) !== said);
    }
  }

  async tab(name) {
    const tab = this.page.locator('.tabs button', { hasText: new RegExp(`^${name}`) });
    if ((await tab.getAttribute('aria-pressed')) !== 'true') await tab.click();
  }

  // An item's row in the tab of contributions: by "#4", or by its whole text; the first that fits, and stands.
  row(name) {
    const words = name.startsWith('#') ? new RegExp(`^${name.slice(1)}\\. `) : new RegExp(`^(\\d+\\. )?${escaped(name)}$`);
    const label = this.page.locator('.item-words > span').filter({ hasText: words });
    return this.page.locator('.panel.items .item:not(.hidden, .withdrawn, .erased)').filter({ has: label }).first();
  }

  // False if one of them is not there: nobody wrote it.
  async merge({ into, from }) {
    const { page } = this;
    await this.tab('Contributions');
    for (const name of [into, ...from]) {
      if (!(await this.row(name).count())) return false;
    }
    const label = (await this.row(into).locator('.item-words > span').innerText()).trim();
    for (const name of [into, ...from]) await this.row(name).locator('input[type=checkbox]').check();
    await page.locator('.merge-bar select').selectOption({ label });
    await page.locator('.merge-bar button').click();
    await this.row(into).locator('.merged').waitFor();
    return true;
  }

  async unmerge(into) {
    await this.tab('Contributions');
    const merged = this.row(into).locator('.merged');
    if (!(await merged.count())) return;
    await merged.getByRole('button', { name: 'Take apart' }).click();
    await merged.waitFor({ state: 'detached' });
  }

  // What leads so far, marked as live or as answered.
  async mark(title, as) {
    await this.tab('Contributions');
    const button = this.row(title).getByRole('button', { name: as === 'live' ? 'Live' : 'Answered', exact: true });
    await button.click();
    await until(`“${title}” is ${as}`, async () => (await button.getAttribute('aria-pressed')) === 'true');
  }

  async addTopic(text) {
    const { page } = this;
    await this.tab('Contributions');
    await page.locator('#add-text').fill(text);
    await page.getByRole('button', { name: 'Add it' }).click();
    await this.row(text).waitFor();
  }

  async minuteMore() {
    await this.page.getByRole('button', { name: '+ 1 min' }).click();
  }

  // The whole board: numbers, topics, places; then all of it at once.
  async setTables({ tables, capacity, topics }) {
    const board = this.page.locator('.panel.board');
    const rows = board.locator('tbody tr');
    while ((await rows.count()) < tables) await board.getByRole('button', { name: 'Add a table' }).click();
    while ((await rows.count()) > tables) await rows.last().getByRole('button', { name: /^Remove table/ }).click();
    for (let i = 0; i < tables; i++) {
      const row = rows.nth(i);
      await row.getByLabel('Number').fill(String(i + 1));
      await row.getByLabel('Topic').selectOption({ label: topics[i + 1] });
      await row.getByLabel('Places').fill(String(capacity));
    }
    await board.getByRole('button', { name: new RegExp(`^Send ${tables} tables`) }).click();
    await this.page.locator('.undo', { hasText: `Sent ${tables} tables` }).waitFor();
  }

  async isDone() {
    await this.page.locator('.all-done').waitFor();
    assert.match(await this.page.locator('.all-done').innerText(), /Everything on the run sheet is done/);
  }
}

export const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
