// Words in the size of their number. The list beside it says the same in figures, so the cloud is an
// ornament to those who do not see it.
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Layout, placing, type Word } from './place';

const [WIDTH, HEIGHT] = [1000, 620];
const SHOWN = 80;
const TYPE = 100; // px, of every word; its size is a transform
const FONT = 'system-ui, sans-serif';
const SLICE_MS = 3; // of placing words, and then the screen has its turn
const PAUSE_MS = 16;

const widths = new Map<string, number>();
let pen: CanvasRenderingContext2D | null = null;

function widthOf(word: string): number {
  const known = widths.get(word);
  if (known) return known;
  pen = pen || document.createElement('canvas').getContext('2d');
  if (!pen) return word.length * 0.6;
  pen.font = `700 ${TYPE}px ${FONT}`;
  const width = pen.measureText(word).width / TYPE;
  widths.set(word, width);
  return width;
}

export function Cloud({ words }: { words: Word[] }) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState('');
  useEffect(() => {
    const watcher = new ResizeObserver(([{ contentRect: { width, height } }]) => {
      setView(`translate(${width / 2}px, ${height / 2}px) scale(${Math.min(width / WIDTH, height / HEIGHT)})`);
    });
    if (box.current) watcher.observe(box.current);
    return () => watcher.disconnect();
  }, []);
  const placed = usePlaced(words.slice(0, SHOWN));
  return (
    <div class="cloud" ref={box} aria-hidden="true">
      <div style={{ transform: view }}>
        {placed.map(({ word, size, x, y }) => {
          const [left, top] = [x - (size * widthOf(word)) / 2, y - size / 2];
          const transform = `translate(${left.toFixed(1)}px, ${top.toFixed(1)}px) scale(${(size / TYPE).toFixed(4)})`;
          return (
            <span key={word} data-word={word} class={`tone-${toneOf(word)}`} style={{ transform }}>
              {word}
            </span>
          );
        })}
      </div>
    </div>
  );
}

const toneOf = (word: string) => [...word].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 3;

// Where the words stand, found in slices. What comes in meanwhile waits until they have been found.
function usePlaced(words: Word[]) {
  const [layout, setLayout] = useState<Layout & { of: string }>();
  const busy = useRef(false);
  const mark = words.map((w) => `${w.word}:${w.count}`).join('|');
  useEffect(() => {
    if (busy.current || layout?.of === mark) return;
    busy.current = true;
    const work = placing(words, { width: WIDTH, height: HEIGHT, widthOf }, layout);
    inSlices(work, (found) => {
      busy.current = false;
      setLayout({ ...found, of: mark });
    });
  }, [mark, layout]);
  return layout?.placed || [];
}

function inSlices<T>(work: Generator<void, T>, done: (found: T) => void) {
  setTimeout(() => {
    const end = performance.now() + SLICE_MS;
    let step = work.next();
    while (!step.done && performance.now() < end) step = work.next();
    if (step.done) done(step.value);
    else inSlices(work, done);
  }, PAUSE_MS);
}
