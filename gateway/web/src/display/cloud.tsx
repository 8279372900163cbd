// Words in the size of their number. The list beside it says the same in figures, so the cloud is an
// ornament to those who do not see it.
import cloud from 'd3-cloud';
import { useEffect, useState } from 'preact/hooks';

interface Placed {
  text: string;
  size: number;
  x: number;
  y: number;
}

const [WIDTH, HEIGHT] = [1000, 620];
const SHOWN = 60;

// The same words fall the same way each time: a small congruential generator.
function steady() {
  let state = 42;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

export function Cloud({ words }: { words: { word: string; count: number }[] }) {
  const [placed, setPlaced] = useState<Placed[]>([]);
  const shown = words.slice(0, SHOWN);
  const mark = shown.map((w) => `${w.word}:${w.count}`).join('|');
  useEffect(() => {
    const most = Math.max(1, ...shown.map((w) => w.count));
    const size = (count: number) => 30 + 110 * Math.sqrt(count / most);
    const layout = cloud()
      .size([WIDTH, HEIGHT])
      .words(shown.map((w) => ({ text: w.word, size: size(w.count) * Math.min(1, 14 / w.word.length) })))
      .padding(8)
      .rotate(0)
      .font('system-ui, sans-serif')
      .fontWeight(700)
      .fontSize((w: Placed) => w.size)
      .random(steady())
      .on('end', setPlaced);
    layout.start();
    return () => layout.stop();
  }, [mark]);
  return (
    <svg class="cloud" viewBox={`${-WIDTH / 2} ${-HEIGHT / 2} ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {placed.map((w, i) => (
        <text key={w.text} class={`tone-${i % 3}`} x={w.x} y={w.y} font-size={w.size} text-anchor="middle">
          {w.text}
        </text>
      ))}
    </svg>
  );
}
