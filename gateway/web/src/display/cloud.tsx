// Words in the size of their number. The list beside it says the same in figures, so the cloud is an
// ornament to those who do not see it.
import { useMemo, useRef } from 'preact/hooks';
import { type Layout, place, type Word } from './place';

const [WIDTH, HEIGHT] = [1000, 620];
const SHOWN = 80;
const FONT = 'system-ui, sans-serif';

const widths = new Map<string, number>();
let pen: CanvasRenderingContext2D | null = null;

function widthOf(word: string): number {
  const known = widths.get(word);
  if (known) return known;
  pen = pen || document.createElement('canvas').getContext('2d');
  if (!pen) return word.length * 0.6;
  pen.font = `700 100px ${FONT}`;
  const width = pen.measureText(word).width / 100;
  widths.set(word, width);
  return width;
}

export function Cloud({ words }: { words: Word[] }) {
  const last = useRef<Layout | undefined>(undefined);
  const shown = words.slice(0, SHOWN);
  const mark = shown.map((w) => `${w.word}:${w.count}`).join('|');
  const { placed } = useMemo(() => (last.current = place(shown, WIDTH, HEIGHT, widthOf, last.current)), [mark]);
  return (
    <svg class="cloud" viewBox={`${-WIDTH / 2} ${-HEIGHT / 2} ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {placed.map(({ word, size, x, y }, i) => (
        <text key={word} class={`tone-${i % 3}`} x={x} y={y} dy="0.34em" font-size={size} text-anchor="middle">
          {word}
        </text>
      ))}
    </svg>
  );
}
