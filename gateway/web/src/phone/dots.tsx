// Dots, and points (a budget too large to be counted as dots): how many on each idea.
import { nameOf } from '../charts/names';
import type { BallotForm, Item } from '../core/types';
import { P } from '../words/phone';
import { ItemWords, itemsFor, useFinder } from './items';
import { Question, Screen, SendBar } from './parts';
import type { Store } from './store';
import { useBallot } from './vote';

const SHOWN_AS_DOTS = 10;
type Placed = Record<string, number>;

export function DotsScreen(props: { store: Store; ballot: Extract<BallotForm, { kind: 'dots' }> }) {
  const { store, ballot } = props;
  const { budget, cap } = ballot;
  const typed = budget > 20;
  const mine = useBallot<Placed>(store, (b) =>
    b?.kind === 'dots' ? Object.fromEntries(b.dots.map((d) => [d.item, d.dots])) : undefined,
  );
  const placed = mine.value || {};
  const left = budget - Object.values(placed).reduce((sum, n) => sum + n, 0);
  const { found, field } = useFinder(
    itemsFor(store, (id) => placed[id] > 0),
    store.now?.activity,
  );
  const set = (id: string, n: number) => {
    const most = Math.min(cap, (placed[id] || 0) + left);
    const next = { ...placed, [id]: Math.max(0, Math.min(most, n)) };
    if (!next[id]) delete next[id];
    mine.put(next);
  };
  const send = () => {
    const dots = Object.entries(placed).map(([item, n]) => ({ item, dots: n }));
    const names = new Map((store.now?.items || []).map((i) => [i.id, nameOf(i)]));
    const text = dots.map((d) => P().dotsPlaced(d.dots, names.get(d.item) || d.item)).join(' · ');
    mine.cast({ kind: 'dots', dots }, text || '0');
  };
  return (
    <Screen
      name="dots-screen"
      head={<Question store={store} />}
      foot={
        <SendBar
          {...mine}
          ready
          send={P().sendDots(typed)}
          change={P().change}
          note={<Left left={left} budget={budget} />}
          onSend={send}
        />
      }
    >
      {field}
      <ul class="rows">
        {found.map((item) => (
          <DotRow
            key={item.id}
            item={item}
            store={store}
            n={placed[item.id] || 0}
            full={left <= 0 || (placed[item.id] || 0) >= cap}
            typed={typed}
            onSet={(n) => set(item.id, n)}
          />
        ))}
      </ul>
    </Screen>
  );
}

function Left({ left, budget }: { left: number; budget: number }) {
  return (
    <p class="dots-left" role="status">
      {budget <= SHOWN_AS_DOTS && (
        <span class="beads" aria-hidden="true">
          {Array.from({ length: budget }, (_, i) => (
            <i class={i < left ? 'free' : ''} key={i} />
          ))}
        </span>
      )}
      <strong>{P().dotsLeft(left)}</strong>
    </p>
  );
}

function DotRow(props: {
  item: Item;
  store: Store;
  n: number;
  full: boolean;
  typed: boolean;
  onSet: (n: number) => void;
}) {
  const { item, store, n, full, typed, onSet } = props;
  const title = nameOf(item);
  const step = typed ? 5 : 1;
  return (
    <li class={n ? 'row has' : 'row'}>
      <ItemWords item={item} store={store} />
      <div class="stepper">
        <button
          type="button"
          aria-label={typed ? P().fiveLess(title) : P().lessOn(title)}
          disabled={n === 0}
          onClick={() => onSet(n - step)}
        >
          −
        </button>
        {typed ? (
          <input
            type="text"
            inputMode="numeric"
            aria-label={P().pointsOn(title)}
            value={n}
            onChange={(event) => onSet(parseInt(event.currentTarget.value, 10) || 0)}
          />
        ) : (
          <output>{n}</output>
        )}
        <button
          type="button"
          aria-label={typed ? P().fiveMore(title) : P().moreOn(title)}
          disabled={full}
          onClick={() => onSet(n + step)}
        >
          +
        </button>
      </div>
    </li>
  );
}
