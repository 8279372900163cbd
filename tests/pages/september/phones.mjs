// One of the three who take part with a real page: does by tapping what their part of the day says.
// What the phone said of each thing is kept.
import assert from 'node:assert/strict';
import { until } from '../room.mjs';

const press = (page, selector = '.foot .big:not(.quiet)') => page.locator(selector).first().click();
const counted = (page) => page.locator('.fate.counted .here').first().waitFor();

export class Phone {
  // `part`: what this person does, by activity; `scores`: what each card gets, by its text and round.
  constructor(page, name, part, scores) {
    Object.assign(this, { page, name, part, scores, passes: 0, scored: [], sat: [] });
  }

  async join(code) {
    const { page } = this;
    await page.locator('#code').fill(code);
    await press(page);
    await page.locator('.privacy-screen').waitFor();
    await press(page);
    await page.locator('.waiting-screen').waitFor();
  }

  // What a person does in this stage of this activity.
  async act(spec, { phase, round }) {
    const plan = this.part[spec.id] || {};
    const everyone = spec.collect?.who === 'everyone';
    if (phase === 'collecting' && spec.seats) return this.sayHere();
    if (phase === 'collecting' && everyone && spec.ballot?.kind === 'upvote') return this.ask(plan);
    if (phase === 'collecting' && everyone) return this.write(spec, plan);
    if (phase === 'voting') return this.vote(spec, plan);
    if (phase === 'swapping') return this.pass();
    if (phase === 'scoring') return this.score(spec, round);
    if (phase === 'seated') return this.sit(spec, plan, round);
    return undefined;
  }

  async fill(writing) {
    if (writing.text !== undefined) return this.page.locator('#text').fill(writing.text);
    for (const [field, text] of Object.entries(writing.fields)) await this.page.locator(`#field-${field}`).fill(text);
    return undefined;
  }

  // Each text, one after the other, until the phone says that it is handed in.
  async write(spec, plan) {
    const { page } = this;
    const texts = plan.texts || [];
    for (const [i, writing] of texts.entries()) {
      await page.locator('.write-screen').waitFor();
      await this.fill(writing);
      await press(page);
      await page.locator('.own-texts .note').nth(i).waitFor();
      await counted(page);
    }
    if (!texts.length && spec.deal) await press(page, '.foot .big.quiet'); // no card, but will score
  }

  async ask(plan) {
    const { page } = this;
    for (const [i, writing] of (plan.texts || []).entries()) {
      await press(page); // "Ask a question"
      await page.locator('.ask-screen').waitFor();
      await this.fill(writing);
      await press(page);
      await page.locator('.own-texts .note').nth(i).waitFor();
      await counted(page);
    }
  }

  async vote(spec, plan) {
    const { page } = this;
    const { kind } = spec.ballot;
    if (kind === 'upvote') return this.voteUp(plan.upvotes || []);
    if (!plan.ballot) return undefined; // this phone stays silent, as some do
    if (kind === 'scale') await page.locator(`.tile input[value="${plan.ballot.value}"]`).check();
    if (kind === 'choice') for (const option of plan.ballot.options) await page.locator(`.option input[value="${option}"]`).check();
    if (kind === 'dots') for (const { item, dots } of plan.ballot.dots) await this.place(item, dots);
    await press(page);
    return counted(page);
  }

  // Dots on the idea with this number ("#7").
  async place(item, dots) {
    const number = item.slice(1);
    const row = this.page.locator('.row').filter({ has: this.page.locator('.poster', { hasText: new RegExp(`^${number}$`) }) });
    for (let i = 0; i < dots; i++) await row.locator('.stepper button').last().click();
    assert.equal(await row.locator('output').innerText(), String(dots), `${this.name}: dots on ${item}`);
  }

  // What this person wants, and the second in the list of what is there, if it is another's.
  async voteUp(wanted) {
    const { page } = this;
    const rows = page.locator('.row.question');
    await rows.nth(1).waitFor();
    const titles = wanted.length ? wanted : [await rows.nth(1).locator('.item-title').innerText()];
    for (const title of titles) {
      const row = rows.filter({ has: page.getByText(title, { exact: true }) }).first();
      await row.locator('.up').click();
      await row.locator('.up[aria-pressed="true"]').waitFor();
    }
  }

  async sayHere() {
    await press(this.page);
    await this.page.locator('.done-line').waitFor();
  }

  async pass() {
    const { page } = this;
    await page.locator('.pass:not(:disabled), .mill-screen .next').first().waitFor();
    if (!(await page.locator('.pass').count())) return;
    await page.locator('.pass:not(:disabled)').click();
    await until(`${this.name} has passed a card`, async () => /^Passed on/.test(await page.locator('.mill-screen .next').innerText()));
    this.passes++;
  }

  // The score that the part has for this card in this round; without a card they say that they are here.
  async score(spec, round) {
    const { page } = this;
    await page.locator('.score-screen, .no-card-screen').waitFor();
    if (await page.locator('.no-card-screen').count()) return this.stay();
    const text = await page.locator('.score-screen blockquote').innerText();
    const planned = this.scores[spec.id][text];
    assert.ok(planned, `${this.name}: a card that nobody planned: ${text}`);
    const score = planned[Math.min(round, planned.length) - 1];
    await page.locator(`.tile input[value="${score}"]`).check();
    await press(page);
    await counted(page);
    this.scored.push({ round, text, score });
    return undefined;
  }

  async stay() {
    const here = this.page.locator('.foot .big');
    if (await here.count()) await here.first().click();
  }

  // Goes to a table where one may choose; else is sent to one.
  async sit(spec, plan, round) {
    const { page } = this;
    const visit = (plan.visits || []).find((one) => one.round === round);
    const planned = spec.seats.planned !== false;
    if (planned) await page.locator('.seat strong').waitFor();
    if (visit) await this.go(visit.table);
    await page.locator('.seat strong').waitFor();
    this.sat.push({ activity: spec.id, round, table: Number(await page.locator('.seat strong').innerText()) });
  }

  async go(table) {
    const { page } = this;
    if (await page.locator('.seat-screen').count()) {
      if ((await page.locator('.seat strong').innerText()) === String(table)) return;
      await page.locator('.moves .big').last().click();
    }
    await page.locator('.choose-screen').waitFor();
    await page.locator('.choose-screen .place', { hasText: new RegExp(`^${table}$`) }).click();
    await until(`${this.name} sits at ${table}`, async () => (await page.locator('.seat strong').count()) && (await page.locator('.seat strong').innerText()) === String(table));
  }

  // What stands on "My day" at the end: [{ what, said, receipt }], the entry of the log for what counts.
  async day() {
    const { page } = this;
    await page.locator('header button').click();
    await page.locator('.day-screen').waitFor();
    const answers = await page.locator('.day-screen .answers').first().locator('> li').evaluateAll((rows) =>
      rows.map((row) => ({
        bad: row.classList.contains('bad'),
        what: row.querySelector('.kicker')?.textContent || '',
        said: row.querySelector('.answer-words')?.textContent || '',
        receipt: row.querySelector('.receipt')?.textContent || '',
      })),
    );
    return answers;
  }
}
