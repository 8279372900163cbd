// How a result appears: bars and columns grow, ideas race up by their dots, a top ten is counted
// down from ten to one. A function of the time since the reveal; nothing here knows the screen.

import { topRanks } from './charts.js';

const STEP_MS = 500; // rows move at most twice a second
const RACE_STEPS = 7;
const COUNTDOWN_MS = 1100; // a rank

// How long the reveal of this result takes.
export function revealLength(result, top) {
  if (result.kind === 'dots') return STEP_MS * RACE_STEPS;
  if (result.kind === 'deck') return COUNTDOWN_MS * ranksOf(topRanks(result.items, top)).length;
  return STEP_MS;
}

// The result as it is shown `elapsed` ms after the reveal.
export function revealAt(result, elapsed, top) {
  if (elapsed >= revealLength(result, top)) return result;
  switch (result.kind) {
    case 'dots':
      return race(result, Math.floor(elapsed / STEP_MS) / RACE_STEPS, top);
    case 'deck':
      return countdown(result, Math.floor(elapsed / COUNTDOWN_MS), top);
    case 'scale':
      return result.comparison || elapsed > 60
        ? result
        : { ...result, counts: result.counts.map(() => 0) };
    case 'choice':
      return elapsed > 60
        ? result
        : { ...result, options: result.options.map((o) => ({ ...o, shown: 0 })) };
    default:
      return result;
  }
}

// All bars grow at one speed, so that the order forms before the room's eyes. The figures on the
// way are only of the picture: ranks are shown at the end.
function race(result, progress, top) {
  const items = topRanks(result.items, top).filter((item) => item.rank);
  const most = Math.max(1, ...items.map((i) => i.dots));
  const least = Math.min(...items.map((i) => i.dots));
  // Up to where all are level there is nothing to see.
  const line = progress === 0 ? 0 : Math.round(least + (most - least) * progress);
  const now = items.map((item) => ({
    ...item,
    dots: Math.min(item.dots, line),
    whole: most,
    rank: 0,
    people: undefined,
  }));
  now.sort((a, b) => b.dots - a.dots || (a.number || 0) - (b.number || 0));
  return { ...result, items: now };
}

// From the last rank up, all of a rank at once; what is not yet read out stays hidden.
function countdown(result, shown, top) {
  const items = topRanks(result.items, top).filter((item) => item.rank);
  const ranks = ranksOf(items);
  const from = ranks[Math.max(0, ranks.length - 1 - shown)];
  return { ...result, items: items.map((item) => ({ ...item, veiled: item.rank < from })) };
}

const ranksOf = (items) => [...new Set(items.map((item) => item.rank))].filter(Boolean);
