// Rows that change places travel there. A row stays where it is in the document, and a transform takes it
// to its place: nothing is laid out or painted again for it, and the travelling is the compositor's. How
// far apart places are the browser says after layouts of its own, so that none is asked for in between.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

const TRAVEL_MS = 420; // less than the half second between two changes
const STILL_MS = 2000; // without a change of places, until the document has the rows by their places
const EASE = 'cubic-bezier(0.2, 0.8, 0.2, 1)';

// Places go down the first column, then down the next. All are as large.
export interface Grid {
  columns: number;
  lines: number;
}

// `drawn`: the rows as the document has them, which is what those hear who do not see. To move a row there
// is to build it anew, so while places change it waits until they have been still. `placed`: as they are
// shown, which follows their figures a frame later, so that no frame has to do both.
export function usePlaces(ids: string[], live: boolean): { drawn: string[]; placed: string[] } {
  const [placed, place] = useState(ids);
  const [drawn, draw] = useState(ids);
  useEffect(() => {
    const frame = requestAnimationFrame(() => place(ids));
    const timer = setTimeout(() => draw(ids), STILL_MS);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [ids.join('|')]);
  if (!live) return { drawn: ids, placed: ids };
  const here = new Set(ids);
  const known = new Set(drawn);
  return {
    drawn: [...drawn.filter((id) => here.has(id)), ...ids.filter((id) => !known.has(id))],
    placed: placed.length === ids.length && placed.every((id) => here.has(id)) ? placed : ids,
  };
}

// Takes each of the rows `drawn` to its place, and lets those travel that have changed it. `before`: so many
// places come before them. Gives where the rows are, for the box around them, and the transform of a row.
export function useMoving(drawn: string[], placed: string[], before: number, { columns, lines }: Grid) {
  const box = useRef<HTMLOListElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const last = useRef<{ placed: string[]; lines: number; before: number } | undefined>(undefined);
  useEffect(() => {
    const watcher = new ResizeObserver(([{ target, contentRect }]) => {
      const gap = Number.parseFloat(getComputedStyle(target).columnGap) || 0;
      setSize({ width: contentRect.width + gap, height: contentRect.height });
    });
    if (box.current) watcher.observe(box.current);
    return () => watcher.disconnect();
  }, []);
  const pointsOf = (ids: string[], ahead: number, high: number) => {
    const at = (place: number): Point => ({ x: (Math.floor(place / high) * size.width) / columns, y: ((place % high) * size.height) / high });
    return new Map(ids.map((id, i) => [id, at(ahead + i)]));
  };
  const cells = pointsOf(drawn, before, lines);
  const places = pointsOf(placed, before, lines);
  const transform = (id: string) => shift(cells.get(id), places.get(id));
  useLayoutEffect(() => {
    const { current } = last;
    last.current = { placed, lines, before };
    if (!current || !size.width || stillness()) return;
    const was = pointsOf(current.placed, current.before, current.lines);
    for (const row of box.current?.querySelectorAll<HTMLElement>('[data-row]') || []) {
      const id = row.dataset.row || '';
      const [cell, from] = [cells.get(id), was.get(id)];
      if (!from) move(row, { opacity: 0, transform: `${transform(id)} translateX(-10px)` }, { opacity: 1, transform: transform(id) });
      else if (shift(cell, from) !== transform(id)) move(row, { transform: shift(cell, from) }, { transform: transform(id) });
    }
  }, [placed.join('|'), before, lines]);
  return { box, transform };
}

interface Point {
  x: number;
  y: number;
}

const NOWHERE = { x: 0, y: 0 };
const shift = (from = NOWHERE, to = NOWHERE) => `translate(${to.x - from.x}px, ${to.y - from.y}px)`;

const move = (row: HTMLElement, from: Keyframe, to: Keyframe) => row.animate([from, to], { duration: TRAVEL_MS, easing: EASE });

const stillness = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;
