// Where words stand in a cloud: the largest in the middle, each next one as near to it as there is
// room, on a spiral. A word that stood somewhere begins its search there, so that a cloud that grows
// does not jump. Words are boxes here, which keeps all of it within a few milliseconds.

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
const FILL = 0.5; // of the box that words may cover
const TURNS = 260; // steps on the spiral before a word is given up
const ATTEMPTS = 6;

// `widthOf`: how wide a word is in type of size 1. `before`: how it stood until now.
export function place(words: Word[], width: number, height: number, widthOf: (word: string) => number, before: Placed[] = []): Placed[] {
  const most = Math.max(1, ...words.map((w) => w.count));
  const sizes = words.map(({ word, count }) => {
    const wish = 34 + 110 * Math.sqrt(count / most);
    return Math.min(wish, (width * 0.9) / Math.max(0.1, widthOf(word)));
  });
  const area = words.reduce((sum, { word }, i) => sum + sizes[i] * widthOf(word) * sizes[i] * LINE, 0);
  let scale = Math.min(1, Math.sqrt((FILL * width * height) / Math.max(1, area)));
  let placed: Placed[] = [];
  for (let attempt = 0; attempt < ATTEMPTS; ++attempt, scale *= 0.9) {
    placed = attemptAt(words, sizes, scale, width, height, widthOf, before);
    if (placed.length === words.length) break;
  }
  return placed;
}

type Box = [left: number, top: number, right: number, bottom: number];

function attemptAt(
  words: Word[],
  sizes: number[],
  scale: number,
  width: number,
  height: number,
  widthOf: (word: string) => number,
  before: Placed[],
): Placed[] {
  const boxes: Box[] = [];
  const placed: Placed[] = [];
  const stood = new Map(before.map((p) => [p.word, p]));
  words.forEach(({ word }, i) => {
    const size = sizes[i] * scale;
    const [w, h] = [(size * widthOf(word)) / 2 + GAP, (size * LINE) / 2 + GAP];
    const start = stood.get(word);
    for (let t = 0; t < TURNS; ++t) {
      const radius = 3.2 * t ** 0.85;
      const x = (start?.x || 0) + radius * Math.cos(t * 0.55);
      const y = (start?.y || 0) + radius * 0.6 * Math.sin(t * 0.55);
      const box: Box = [x - w, y - h, x + w, y + h];
      const inside = box[0] > -width / 2 && box[2] < width / 2 && box[1] > -height / 2 && box[3] < height / 2;
      if (!inside || boxes.some((b) => b[0] < box[2] && box[0] < b[2] && b[1] < box[3] && box[1] < b[3])) continue;
      boxes.push(box);
      placed.push({ word, size, x, y });
      return;
    }
  });
  return placed;
}
