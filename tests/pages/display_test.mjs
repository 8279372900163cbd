// When a room hears its bells: by the clock of the screen, once each, also while it is cut off.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundled } from './bundle.mjs';

const { Bells } = await bundled("export { Bells } from './display/bells';");
const { screenNumber } = await bundled("export { screenNumber } from './core/screens';");
const { topRanks } = await bundled("export { topRanks } from './charts/charts';");

// What is heard in the course of these moments: [phase, round, left in ms or null].
function heard(...moments) {
  const bells = new Bells();
  return moments.map(([phase, round, left]) => bells.hear({ of: `ideas/1/${round}`, phase, left }));
}

test('a long time has one warning and one end', () => {
  const all = heard(['voting', 0, 120000], ['voting', 0, 61000], ['voting', 0, 60000], ['voting', 0, 30000], ['voting', 0, 0], ['voting', 0, 0]);
  assert.deepEqual(all, [undefined, undefined, 'minute', undefined, 'gong', undefined]);
});

test('a short time has no warning; a minute more has its own end', () => {
  assert.deepEqual(heard(['voting', 0, 75000], ['voting', 0, 59000], ['voting', 0, 0]), [undefined, undefined, 'gong']);
  const more = heard(['voting', 0, 75000], ['voting', 0, 0], ['voting', 0, 60000], ['voting', 0, 0]);
  assert.deepEqual(more, [undefined, 'gong', undefined, 'gong']);
});

test('25/10: a bell at each pass and each score; not twice where the time ended by itself', () => {
  const pressed = heard(['collecting', 0, null], ['swapping', 1, 60000], ['scoring', 1, null], ['swapping', 2, 60000]);
  assert.deepEqual(pressed, [undefined, 'bell', 'bell', 'bell']);
  const cutOff = heard(['swapping', 1, 60000], ['swapping', 1, 0], ['swapping', 1, 0], ['scoring', 1, null]);
  assert.deepEqual(cutOff, [undefined, 'bell', undefined, undefined]);
});

test('tables: a gong at each change, whoever ends the round', () => {
  assert.deepEqual(heard(['seated', 1, 100000], ['seated', 2, 720000], ['closing', 0, 10000], ['closing', 0, 0]), [undefined, 'gong', 'gong', undefined]);
  assert.deepEqual(heard(['seated', 1, 30000], ['seated', 1, 0], ['seated', 2, 720000]), [undefined, 'gong', undefined]);
});

test('who comes in later hears nothing of what was', () => {
  assert.deepEqual(heard(['voting', 0, 0], ['voting', 0, 0]), [undefined, undefined]);
});

test('a screen has the same number always, of three digits', () => {
  const ids = ['0'.repeat(32), 'f'.repeat(32), '0123456789abcdef0123456789abcdef'];
  for (const id of ids) {
    assert.equal(screenNumber(id), screenNumber(id));
    assert.ok(screenNumber(id) >= 100 && screenNumber(id) <= 999);
  }
});

test('a top ten that is told from below has no row beyond the tenth rank', () => {
  const rows = [7, 8, 8, 10, 10, 12].map((rank) => ({ rank }));
  assert.deepEqual(topRanks(rows, 10).map((r) => r.rank), [7, 8, 8, 10, 10]);
  assert.equal(topRanks([{ rank: 1 }, { rank: 0 }], 10).length, 2);
});

// A cloud, and in how many steps it was found.
function placed(placing, words, width, last) {
  const work = placing(words, { width: 1000, height: 620, widthOf: width }, last);
  for (let steps = 0; ; ++steps) {
    const { done, value } = work.next();
    if (done) return { ...value, steps };
  }
}

test('words of a cloud do not touch, stay inside, and stay where they stood', async () => {
  const { placing } = await bundled("export { placing } from './display/place';");
  const width = (word) => word.length * 0.62;
  const words = Array.from({ length: 80 }, (_, i) => ({ word: `word${i}${'x'.repeat(i % 9)}`, count: 80 - i }));
  const first = placed(placing, words, width);
  assert.equal(first.placed.length, 80);
  assert.ok(first.steps >= 80, 'the screen has its turn after each word');
  const boxes = first.placed.map(({ word, size, x, y }) => [x - (size * width(word)) / 2, y - size * 0.41, x + (size * width(word)) / 2, y + size * 0.41]);
  boxes.forEach((a, i) => {
    assert.ok(a[0] >= -500 && a[2] <= 500 && a[1] >= -310 && a[3] <= 310, words[i].word);
    for (const b of boxes.slice(i + 1)) assert.ok(a[0] >= b[2] || b[0] >= a[2] || a[1] >= b[3] || b[1] >= a[3], `${words[i].word} touches another`);
  });
  const again = placed(placing, words, width, first);
  const moved = again.placed.filter((p, i) => Math.hypot(p.x - first.placed[i].x, p.y - first.placed[i].y) > 60);
  assert.ok(moved.length < 8, `${moved.length} words have moved`);
});
