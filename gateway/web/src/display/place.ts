// Where words stand in a cloud: the largest in the middle, each next one as near to it as there is
// room, on a spiral. A word that stood somewhere begins its search there, so that a cloud that grows
// does not jump. Words are boxes here. Eighty of them still take longer than a frame has, so the work stops
// after each word for as long as whoever asked for it likes.

export interface Word {
  word: string;
  count: number;
}
export interface Placed {
  word: string;
  size: number; // of the type, in units of the box
  x: number; // of the middle, from the middle of the box
  y: number;
}

const LINE = 0.82; // of the type's size: ascenders and descenders
const GAP = 6;
const FILL = 0.45; // of the box that words may cover
const PITCH = 3; // of the spiral, a radian
const STEP = 14; // along it
const FLAT = 0.62; // as the box is
const FAR = 190; // radians, and no further
const ATTEMPTS = 7;

export interface Layout {
  placed: Placed[];
  scale: number;
}

export interface Box {
  width: number;
  height: number;
  widthOf: (word: string) => number; // in type of size 1
}
type Edges = [left: number, top: number, right: number, bottom: number];

// `last`: how it stood until now.
export function* placing(words: Word[], box: Box, last?: Layout): Generator<void, Layout> {
  const { width, height, widthOf } = box;
  const most = Math.max(1, ...words.map((w) => w.count));
  const sizes = words.map(({ word, count }) => {
    const wish = 26 + 118 * (count / most) ** 0.6;
    return Math.min(wish, (width * 0.9) / Math.max(0.1, widthOf(word)));
  });
  const area = words.reduce((sum, { word }, i) => sum + sizes[i] * widthOf(word) * sizes[i] * LINE, 0);
  // What did last time, unless there is less: each attempt takes some milliseconds.
  const least = last && words.length >= last.placed.length ? last.scale : 1;
  let scale = Math.min(least, Math.sqrt((FILL * width * height) / Math.max(1, area)));
  for (let attempt = 1; ; ++attempt, scale *= 0.9) {
    const placed = yield* attemptAt(words, sizes.map((size) => size * scale), box, last?.placed || []);
    if (placed.length === words.length || attempt === ATTEMPTS) return { placed, scale };
  }
}

function* attemptAt(words: Word[], sizes: number[], box: Box, before: Placed[]): Generator<void, Placed[]> {
  const { width, height, widthOf } = box;
  const taken: Edges[] = [];
  const placed: Placed[] = [];
  const stood = new Map(before.map((p) => [p.word, p]));
  let near = 0; // nearer to the middle than this most room is taken
  for (const [i, { word }] of words.entries()) {
    yield;
    const size = sizes[i];
    const [w, h] = [(size * widthOf(word)) / 2 + GAP, (size * LINE) / 2 + GAP];
    const start = stood.get(word);
    let hit: Edges | undefined; // what is in the way is often in the way of the next step, too
    for (let turn = start ? 0 : near; turn < FAR; turn += STEP / Math.max(STEP, PITCH * turn)) {
      const x = (start?.x || 0) + PITCH * turn * Math.cos(turn);
      const y = (start?.y || 0) + PITCH * FLAT * turn * Math.sin(turn);
      const here: Edges = [x - w, y - h, x + w, y + h];
      if (here[0] < -width / 2 || here[2] > width / 2 || here[1] < -height / 2 || here[3] > height / 2) continue;
      if (hit && touch(hit, here)) continue;
      hit = taken.find((edges) => touch(edges, here));
      if (hit) continue;
      taken.push(here);
      placed.push({ word, size, x, y });
      if (!start) near = Math.max(near, turn * 0.7);
      break;
    }
  }
  return placed;
}

const touch = (a: Edges, b: Edges) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
