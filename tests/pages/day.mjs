// The day of sheet.mjs as it goes by: five browsers on phones, three scripts that fill the room, one
// script that runs it. After each step all pages are looked at. Phones are found by what stands on
// them in no language: classes and labels of the page's own structure.
import { randomBytes } from 'node:crypto';
import { Person, Staff, until } from './room.mjs';

const HOSTILE = '<img src=x onerror="window.broken=1"> Swap <b>desks</b> for a day.';

export class Day {
  // `scripts`: so many people without a browser.
  constructor(server, pages, look, WebSocket, scripts = 3) {
    Object.assign(this, { server, pages, look, WebSocket, scripts });
  }

  close() {
    for (const person of [...this.others, this.staff]) person.close();
  }

  // All phones at once.
  each(action) {
    return Promise.all(this.pages.phone.map(({ page }, i) => action(page, i)));
  }

  press(page, selector = '.foot .big:not(.quiet)') {
    return page.locator(selector).first().click();
  }

  counted(page) {
    return page.locator('.fate.counted .here').first().waitFor();
  }

  async run(room) {
    const { server, WebSocket } = this;
    this.room = room;
    this.staff = new Staff(server, room, 'producer', WebSocket);
    await this.staff.open();
    this.others = Array.from({ length: this.scripts }, (_, n) => new Person(server, room.code, `person ${n + 1}`, WebSocket));
    await Promise.all(this.others.map((person) => person.join()));
    await this.joining();
    await this.polls();
    await this.writing();
    await this.questions();
    await this.deck();
    await this.ordering();
    await this.cafe();
    await this.spending();
    await this.closing();
    await this.aside();
    await this.deskTabs();
  }

  async joining() {
    await this.look('join', 'phone', 'display', 'presenter');
    await this.each(async (page) => {
      await page.locator('#code').fill('000000');
      await this.press(page);
      await page.locator('#join-problem:not(:empty)').waitFor();
    });
    await this.look('join-unknown', 'phone');
    await this.each(async (page) => {
      await page.locator('#code').fill(this.room.code);
      await this.press(page);
      await page.locator('.privacy-screen').waitFor();
    });
    await this.look('privacy', 'phone');
    await this.each(async (page, i) => {
      await this.press(page);
      await page.locator('.group-screen').waitFor();
      await page.locator('.option input').nth(i % 3).check();
    });
    await this.look('group', 'phone');
    await this.each(async (page) => {
      await this.press(page);
      await page.locator('.waiting-screen').waitFor();
    });
    await this.look('waiting', 'phone');
  }

  // Opens, has everybody answer, looks; closes, looks; reveals, looks.
  async vote(activity, name, { phones, others, opened = ['voting'] }) {
    await this.staff.advance(activity, ...opened);
    await this.each((page) => phones(page));
    await this.look(name, 'phone', 'display', 'presenter');
    await Promise.all(this.others.map(others));
    await this.each(async (page) => {
      await this.press(page);
      await this.counted(page);
    });
    await this.look(`${name}-counted`, 'phone');
    await this.end(activity, name);
  }

  // `between`: what comes after the close and before the reveal.
  async end(activity, name, between) {
    await this.staff.advance(activity, 'closed');
    await this.each((page) => page.locator('.closed-screen').waitFor());
    await this.look(`${name}-closed`, 'phone', 'display', 'presenter');
    await between?.();
    await this.staff.advance(activity, 'revealed');
    await this.each((page) => page.locator('.result-screen').waitFor());
    await this.look(`${name}-result`, 'phone', 'display', 'presenter');
  }

  async polls() {
    await this.vote('before', 'scale', {
      phones: (page) => page.locator('.tile input[value="3"]').check(),
      others: (person, i) => person.cast({ kind: 'scale', value: 2 + (i % 3) }),
    });
    await this.vote('areas', 'place', {
      phones: (page) => page.locator('.option input').nth(0).check(),
      others: (person, i) => person.cast({ kind: 'choice', options: [['east', 'south'][i % 2]] }),
    });
    await this.vote('pictures', 'pictures', {
      phones: async (page) => {
        await page.locator('.option svg').first().waitFor();
        await page.locator('.option input').nth(0).check();
        await page.locator('.option input').nth(3).check();
      },
      others: (person) => person.cast({ kind: 'choice', options: ['seed', 'knot'] }),
    });
  }

  async writing() {
    await this.staff.advance('words', 'collecting');
    await this.each(async (page, i) => {
      await page.locator('#text').fill(['trust', 'Trust', 'time to think', 'courage', 'patience'][i]);
    });
    await this.look('words', 'phone', 'display', 'presenter');
    const said = ['trust', 'time', 'listening'];
    await Promise.all(this.others.map((person, i) => person.say({ type: 'item.add', text: said[i % 3] })));
    await this.each(async (page) => {
      await this.press(page);
      await this.counted(page);
    });
    await this.look('words-counted', 'phone', 'display');
    await this.end('words', 'words');
  }

  async questions() {
    const { staff } = this;
    await staff.advance('questions', 'collecting');
    const texts = ['Who pays for it?', 'When do we start, and who is with us from the first day on?', HOSTILE];
    await Promise.all(this.others.slice(0, 3).map((person, i) => person.say({ type: 'item.add', text: texts[i] })));
    await until('questions to moderate', () => (staff.activity('questions').items || []).length === 3);
    await this.look('questions-pending', 'presenter');
    const items = staff.activity('questions').items;
    for (const { id } of items)
      await staff.order('item.moderate', { activity: 'questions', item: id, show: true });
    await staff.order('item.mark', { activity: 'questions', item: items[0].id, mark: 'live' });
    await this.each(async (page) => {
      await page.locator('.question').nth(2).waitFor();
      await page.locator('.up').nth(1).click();
      await page.locator('.up[aria-pressed="true"]').waitFor();
    });
    await this.look('questions', 'phone', 'display', 'presenter');
    await this.each(async (page) => {
      await this.press(page);
      await page.locator('#text').fill('What happens after today?');
    });
    await this.look('ask', 'phone');
    await this.each(async (page) => {
      await this.press(page);
      await page.locator('.own-texts .note').waitFor();
      await this.counted(page);
    });
    await this.look('asked', 'phone');
    await this.end('questions', 'questions');
  }

  async deck() {
    const { staff } = this;
    await staff.advance('ideas', 'collecting');
    await this.each(async (page, i) => {
      await page.locator('#text').fill(i === 4 ? HOSTILE : `Idea ${i}: open every door once a month. First step: ask who has the key.`);
    });
    await this.look('card', 'phone', 'display', 'presenter');
    await this.each(async (page) => {
      await this.press(page);
      await page.locator('.written-screen').waitFor();
    });
    await Promise.all(this.others.map((person, i) => person.say({ type: 'item.add', text: `A card of person ${i}` })));
    await this.look('card-written', 'phone');
    for (let round = 1; round <= 5; round++) await this.oneRound(round);
    await this.end('ideas', 'deck', () => this.telling());
    for (const { page } of Object.values(this.pages).flat()) {
      if (await page.evaluate(() => window.broken)) throw new Error('text is more than text');
    }
  }

  // The lower half of the top ten, read out.
  async telling() {
    const { generation, phase, round = 0 } = this.staff.activity('ideas');
    await this.staff.order('result.tell', { activity: 'ideas', seen: { generation, phase, round }, down_to: 4 });
    await Promise.all(this.pages.display.map(({ page }) => page.locator('.telling').waitFor()));
    await this.look('telling', 'phone', 'display', 'presenter');
  }

  async oneRound(round) {
    const { staff } = this;
    await staff.advance('ideas', 'swapping');
    await this.each((page) => page.locator('.pass').waitFor());
    if (round === 1) {
      await this.look('mill', 'phone', 'display', 'presenter');
      await this.each(async (page) => {
        await this.press(page, '.pass');
        await page.locator('.pass:not(:disabled)').waitFor();
      });
      await this.look('mill-passed', 'phone');
    }
    await staff.advance('ideas', 'scoring');
    await this.each(async (page, i) => {
      await page.locator('.score-screen').waitFor();
      await page.locator(`.tile input[value="${1 + ((i + round) % 5)}"]`).check();
    });
    if (round === 1) await this.look('score', 'phone', 'display', 'presenter');
    await this.each(async (page) => {
      await this.press(page);
      await this.counted(page);
    });
    await Promise.all(this.others.map((person, i) => person.scoreCard(1 + ((i + round) % 5))));
    if (round === 1) await this.look('score-counted', 'phone', 'display');
  }

  async ordering() {
    await this.vote('interest', 'rank', {
      phones: async (page) => {
        await page.locator('.pick').nth(1).click();
        await page.locator('.pick').nth(0).click();
        await page.locator('.placed .row').nth(1).waitFor();
      },
      others: (person) => person.cast({ kind: 'rank', items: ['p3', 'p1'] }),
    });
    await this.vote('ratings', 'ratings', {
      phones: async (page) => {
        const rows = page.locator('.rating');
        for (let i = 0; i < 3; i++) await rows.nth(i).locator(`input[value="${3 + (i % 3)}"]`).check();
      },
      others: (person) => person.cast({ kind: 'ratings', ratings: [{ item: 'p1', value: 5 }] }),
    });
  }

  async cafe() {
    const { staff } = this;
    await staff.advance('cafe', 'collecting');
    await this.each(async (page) => {
      await page.locator('.plan-screen').waitFor();
    });
    await this.look('plan', 'phone', 'display', 'presenter');
    await this.each(async (page) => {
      await this.press(page);
      await page.locator('.done-line').waitFor();
    });
    await Promise.all(this.others.map((person) => person.say({ type: 'presence.here' })));
    await this.look('plan-here', 'phone');
    await staff.advance('cafe', 'seated');
    await this.each((page) => page.locator('.seat strong').waitFor());
    await this.look('seat', 'phone', 'display', 'presenter');
    // Four tables, eight people: whoever finds a table without a host takes it. Somebody else may be
    // quicker; then the button says so, and a tap does nothing.
    await this.each((page) => page.locator('.moves .big').nth(0).dispatchEvent('click'));
    await until('tables have hosts', () => staff.activity('cafe').tables.filter((t) => t.hosted).length >= Math.min(2, this.pages.phone.length));
    await this.each(async (page) => {
      if (await page.locator('.note-form').count()) {
        await page.locator('.note-form textarea').first().fill('Trust needs time, and rooms like this one.');
      }
    });
    await this.look('host', 'phone', 'display', 'presenter');
    await this.each(async (page) => {
      if (await page.locator('.note-form').count()) {
        await page.locator('.note-form .big').press('Enter');
        await page.locator('.own-texts .note').first().waitFor();
      }
      await page.locator('.moves .big').last().press('Enter');
      await page.locator('.choose-screen').waitFor();
    });
    await this.look('choose-table', 'phone');
    await this.end('cafe', 'cafe');
  }

  async spending() {
    await this.vote('gallery', 'dots', {
      phones: async (page) => {
        const more = (row) => page.locator('.row').nth(row).locator('.stepper button').last();
        for (let i = 0; i < 3; i++) await more(1).click();
        await more(2).click();
      },
      others: (person) => person.cast({ kind: 'dots', dots: [{ item: 'p4', dots: 3 }, { item: 'p1', dots: 1 }] }),
    });
    await this.staff.order('items.merge', { activity: 'gallery', into: 'p2', from: ['p4'] });
    await this.look('dots-merged', 'phone', 'display', 'presenter');
    await this.screens();
    await this.vote('points', 'points', {
      phones: async (page) => {
        await page.locator('.stepper input').nth(0).fill('60');
        await page.locator('.stepper input').nth(1).fill('35');
        await page.locator('.stepper input').nth(1).blur();
      },
      others: (person) => person.cast({ kind: 'dots', dots: [{ item: 'p4', dots: 100 }] }),
    });
  }

  async closing() {
    const { staff } = this;
    await staff.advance('commitments', 'collecting');
    await this.each(async (page) => {
      await page.locator('.on-picture svg').waitFor();
      await page.locator('#text').fill('I will visit the other team before the month is over.');
    });
    await this.look('commitments', 'phone', 'display', 'presenter');
    await this.each(async (page) => {
      await this.press(page);
      await page.locator('.own-texts .note').waitFor();
    });
    await this.end('commitments', 'commitments');
    await staff.advance('review', 'collecting');
    await this.each(async (page) => {
      await page.locator('#field-well').fill('The café.');
    });
    await this.look('review', 'phone', 'display');
    await this.each(async (page) => {
      await this.press(page);
      await this.counted(page);
    });
    await this.end('review', 'review');
    await this.vote('after', 'again', {
      phones: (page) => page.locator('.tile input[value="4"]').check(),
      others: (person) => person.cast({ kind: 'scale', value: 4 }),
    });
  }

  // What a screen is told by the console: its name, the stage monitor, another activity, black.
  async screens() {
    const order = (what) => this.staff.send({ type: 'screen.order', id: randomBytes(16).toString('hex'), order: what });
    const walls = this.pages.display.map(({ page }) => page);
    const all = (selector) => Promise.all(walls.map((page) => page.locator(selector).waitFor()));
    // A name is there for some seconds only, which are soon over where fifteen pages share a machine.
    await until('all screens say their names', async () => {
      order({ identify: true });
      const seen = await Promise.all(walls.map((page) => page.locator('.identify').isVisible()));
      return seen.every(Boolean);
    }, 60000);
    await this.look('identify', 'display');
    await Promise.all(walls.map((page) => page.locator('.identify').waitFor({ state: 'detached' })));
    order({ set: { mode: 'monitor' } });
    await all('.monitor');
    await this.look('monitor', 'display');
    order({ set: { mode: 'pinned', activity: 'areas' } });
    await all('.result.choice');
    await this.look('pinned', 'display');
    order({ set: { mode: 'follow' } });
    await all('.dots');
  }

  // What stands beside the day on a presenter's page.
  async deskTabs() {
    const desks = this.pages.presenter.map(({ page }) => page);
    const all = (action) => Promise.all(desks.map((page) => action(page)));
    for (const [i, name] of ['items', 'room', 'screens', 'record', 'prepare', 'paper', 'history'].entries()) {
      await all((page) => page.locator('.tabs button').nth(i).click());
      await this.look(`desk-${name}`, 'presenter');
    }
    await all(async (page) => {
      await page.locator('.run-sheet > .small').click();
      await page.locator('#insert-kind').selectOption('choice');
    });
    await this.look('desk-insert', 'presenter');
  }

  async aside() {
    await this.each(async (page) => {
      await page.locator('header button').click();
      await page.locator('.day-screen').waitFor();
    });
    await this.look('my-day', 'phone');
    await this.each(async (page) => {
      await page.locator('.day-screen .body > .big').first().click();
      await page.locator('#told').fill('The loop at table 7 does not work.');
      await this.press(page);
      await this.counted(page);
    });
    await this.look('tell', 'phone', 'presenter');
    await this.staff.order('screens.blank', { blank: true });
    await this.each((page) => page.locator('.strip.calm').waitFor());
    await this.look('blank', 'phone', 'display', 'presenter');
    await this.staff.order('screens.blank', { blank: false });
  }
}
