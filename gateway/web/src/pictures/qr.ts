// QR codes (ISO/IEC 18004): byte mode, level M, versions 1 to 15 (412 bytes).

// By version: all codewords, error correction codewords a block, blocks. Where the blocks are not of
// one length, the last ones are longer by one.
const VERSIONS = [
  [26, 10, 1],
  [44, 16, 1],
  [70, 26, 1],
  [100, 18, 2],
  [134, 24, 2],
  [172, 16, 4],
  [196, 18, 4],
  [242, 22, 4],
  [292, 22, 5],
  [346, 26, 5],
  [404, 30, 5],
  [466, 22, 8],
  [532, 22, 9],
  [581, 24, 9],
  [655, 24, 10],
];
const lengthBytes = (version: number) => (version < 10 ? 1 : 2);

// Rows of booleans, true for dark; null if the text is too long.
export function qrModules(text: string): boolean[][] | null {
  const data = [...new TextEncoder().encode(text)];
  const index = VERSIONS.findIndex(([all, ecc, blocks], i) => data.length + 1 + lengthBytes(i + 1) <= all - ecc * blocks);
  if (index < 0) return null;
  const bits = interleaved(codewords(data, index + 1), VERSIONS[index]);
  let best: { grid: boolean[][]; badness: number } | null = null;
  for (let mask = 0; mask < 8; mask++) {
    const grid = draw(index + 1, bits, mask);
    const badness = penalty(grid);
    if (!best || badness < best.badness) best = { grid, badness };
  }
  return best && best.grid;
}

// Mode 0100, the length in 8 or 16 bits, the bytes, the terminator, and the prescribed filling.
function codewords(data: number[], version: number): number[] {
  const [all, ecc, blocks] = VERSIONS[version - 1];
  const room = all - ecc * blocks;
  const nibbles = [4];
  if (lengthBytes(version) === 2) nibbles.push(data.length >> 12, (data.length >> 8) & 15);
  nibbles.push((data.length >> 4) & 15, data.length & 15);
  for (const byte of data) nibbles.push(byte >> 4, byte & 15);
  nibbles.push(0);
  const words = [];
  for (let i = 0; i < nibbles.length; i += 2) words.push((nibbles[i] << 4) | nibbles[i + 1]);
  for (let fill = 0xec; words.length < room; fill ^= 0xec ^ 0x11) words.push(fill);
  return words;
}

function interleaved(words: number[], [, ecc, blocks]: number[]): number[] {
  const short = Math.floor(words.length / blocks);
  const longFrom = blocks - (words.length % blocks);
  const parts: number[][] = [];
  let at = 0;
  for (let b = 0; b < blocks; b++) {
    const length = short + (b >= longFrom ? 1 : 0);
    parts.push(words.slice(at, at + length));
    at += length;
  }
  const checks = parts.map((part) => remainder(part, ecc));
  const out: number[] = [];
  for (let i = 0; i <= short; i++) for (const part of parts) if (i < part.length) out.push(part[i]);
  for (let i = 0; i < ecc; i++) for (const check of checks) out.push(check[i]);
  return out.flatMap((byte) => [7, 6, 5, 4, 3, 2, 1, 0].map((bit) => (byte >> bit) & 1));
}

// Reed-Solomon over GF(2^8) with the polynomial 0x11d.
function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((b >> bit) & 1) * a;
  }
  return product;
}

function remainder(data: number[], degree: number): number[] {
  const divisor: number[] = new Array(degree).fill(0);
  divisor[degree - 1] = 1;
  for (let i = 0, root = 1; i < degree; i++, root = times(root, 2)) {
    for (let j = 0; j < degree; j++)
      divisor[j] = times(divisor[j], root) ^ (j + 1 < degree ? divisor[j + 1] : 0);
  }
  const rest: number[] = new Array(degree).fill(0);
  for (const byte of data) {
    const factor = byte ^ (rest.shift() || 0);
    rest.push(0);
    for (let j = 0; j < degree; j++) rest[j] ^= times(divisor[j], factor);
  }
  return rest;
}

type Mask = (x: number, y: number) => number;
const MASKS: Mask[] = [
  (x, y) => (x + y) % 2,
  (_, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
];

type Grid = (boolean | null)[][];

function draw(version: number, bits: number[], mask: number): boolean[][] {
  const size = 17 + 4 * version;
  const grid: Grid = Array.from({ length: size }, () => new Array(size).fill(null)); // null: for data
  const finder = (cx: number, cy: number) => {
    for (let dy = -4; dy <= 4; dy++)
      for (let dx = -4; dx <= 4; dx++) {
        const ring = Math.max(Math.abs(dx), Math.abs(dy));
        if (grid[cy + dy] && grid[cy + dy][cx + dx] !== undefined)
          grid[cy + dy][cx + dx] = ring !== 2 && ring !== 4;
      }
  };
  for (let i = 0; i < size; i++) grid[6][i] = grid[i][6] = i % 2 === 0;
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ])
    finder(x, y);
  drawAlignment(grid, version);
  if (version > 6) drawVersion(grid, version);
  drawFormat(grid, mask);
  let next = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5; // the timing column
    const up = ((right + 1) & 2) === 0;
    for (let step = 0; step < size; step++)
      for (const x of [right, right - 1]) {
        const y = up ? size - 1 - step : step;
        if (grid[y][x] === null) grid[y][x] = !!(bits[next++] || 0) !== (MASKS[mask](x, y) === 0);
      }
  }
  return grid as boolean[][];
}

// Small squares, at all crossings of some lines but those where a finder stands.
function drawAlignment(grid: Grid, version: number) {
  if (version === 1) return;
  const last = grid.length - 7;
  const count = Math.floor(version / 7) + 2;
  const step = Math.floor((version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
  const lines = [6, ...Array.from({ length: count - 1 }, (_, i) => last - i * step)];
  for (const cx of lines)
    for (const cy of lines) {
      if ((cx === 6 && (cy === 6 || cy === last)) || (cx === last && cy === 6)) continue;
      for (let dy = -2; dy <= 2; dy++)
        for (let dx = -2; dx <= 2; dx++) grid[cy + dy][cx + dx] = Math.max(Math.abs(dx), Math.abs(dy)) !== 1;
    }
}

// Six bits and their BCH code, twice in the grid.
function drawVersion(grid: Grid, version: number) {
  let rest = version;
  for (let i = 0; i < 12; i++) rest = (rest << 1) ^ ((rest >> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let i = 0; i < 18; i++) {
    const along = grid.length - 11 + (i % 3);
    const across = Math.floor(i / 3);
    grid[across][along] = grid[along][across] = ((bits >> i) & 1) === 1;
  }
}

// Level M is 00; the five bits carry a BCH code, twice in the grid.
function drawFormat(grid: Grid, mask: number) {
  const size = grid.length;
  let rest = mask;
  for (let i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
  const format = ((mask << 10) | rest) ^ 0x5412;
  const bit = (i: number) => ((format >> i) & 1) === 1;
  for (let i = 0; i < 6; i++) {
    grid[i][8] = bit(i);
    grid[8][5 - i] = bit(9 + i);
  }
  grid[7][8] = bit(6);
  grid[8][8] = bit(7);
  grid[8][7] = bit(8);
  for (let i = 0; i < 8; i++) grid[8][size - 1 - i] = bit(i);
  for (let i = 8; i < 15; i++) grid[size - 15 + i][8] = bit(i);
  grid[size - 8][8] = true;
}

// How hard a grid is to read: long runs, blocks, finder look-alikes, imbalance.
function penalty(grid: boolean[][]): number {
  const size = grid.length;
  const columns = grid.map((_, x) => grid.map((row) => row[x]));
  let total = 0;
  for (const line of [...grid, ...columns]) {
    const text = line.map((dark) => (dark ? '1' : '0')).join('');
    for (const run of text.match(/0{5,}|1{5,}/g) || []) total += run.length - 2;
    for (let i = 0; i + 11 <= size; i++) {
      const part = text.slice(i, i + 11);
      if (part === '10111010000' || part === '00001011101') total += 40;
    }
  }
  let dark = 0;
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      if (grid[y][x]) dark++;
      if (
        x &&
        y &&
        grid[y][x] === grid[y - 1][x] &&
        grid[y][x] === grid[y][x - 1] &&
        grid[y][x] === grid[y - 1][x - 1]
      )
        total += 3;
    }
  return total + 10 * Math.floor(Math.abs(dark * 20 - size * size * 10) / (size * size));
}
