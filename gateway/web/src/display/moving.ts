// Rows that change places travel there. Where they were is measured once a change, all of it in one
// layout; the travelling itself is the compositor's.
import { useLayoutEffect, useRef } from 'preact/hooks';

const TRAVEL_MS = 420; // less than the half second between two changes

export function useMoving() {
  const box = useRef<HTMLDivElement>(null);
  const places = useRef(new Map<string, { x: number; y: number }>());
  useLayoutEffect(() => {
    const before = places.current;
    const rows = [...(box.current?.querySelectorAll<HTMLElement>('[data-row]') || [])];
    const now = rows.map((row) => ({ row, id: row.dataset.row || '', x: row.offsetLeft, y: row.offsetTop }));
    places.current = new Map(now.map(({ id, x, y }) => [id, { x, y }]));
    const was = [...before.keys()].filter((id) => places.current.has(id));
    const is = now.map(({ id }) => id).filter((id) => before.has(id));
    if (was.join() === is.join() || stillness()) return;
    for (const { row, id, x, y } of now) {
      const from = before.get(id);
      if (!from || (from.x === x && from.y === y)) continue;
      const start = `translate(${from.x - x}px, ${from.y - y}px)`;
      row.animate([{ transform: start }, { transform: 'none' }], { duration: TRAVEL_MS, easing: 'cubic-bezier(0.2, 0.8, 0.2, 1)' });
    }
  });
  return box;
}

const stillness = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;
