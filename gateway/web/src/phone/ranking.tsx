// An order of the best few, and a rating for each item.
import { nameOf } from '../charts/names';
import { pick } from '../core/language';
import type { BallotForm } from '../core/types';
import { P } from '../words/phone';
import { ItemWords, itemsFor, useFinder } from './items';
import { Question, Scale, Screen, SendBar } from './parts';
import type { Store } from './store';
import { useBallot } from './vote';

export function RankScreen(props: { store: Store; ballot: Extract<BallotForm, { kind: 'rank' }> }) {
  const { store, ballot } = props;
  const mine = useBallot<string[]>(store, (b) => (b?.kind === 'rank' ? b.items : undefined));
  const order = mine.value || [];
  const items = itemsFor(store, (id) => order.includes(id));
  const most = Math.min(ballot.top, items.length);
  const { found, field } = useFinder(
    items.filter((item) => !order.includes(item.id)),
    store.now?.activity,
  );
  const up = (at: number) =>
    mine.put([...order.slice(0, at - 1), order[at], order[at - 1], ...order.slice(at + 1)]);
  const placed = order.flatMap((id) => items.filter((item) => item.id === id));
  const send = () =>
    mine.cast(
      { kind: 'rank', items: order },
      placed.map((item, i) => `${i + 1}. ${nameOf(item)}`).join(' · '),
    );
  return (
    <Screen
      name="rank-screen"
      head={<Question store={store} />}
      foot={
        <SendBar
          {...mine}
          ready={order.length > 0 || mine.already}
          send={P().sendOrder}
          change={P().change}
          onSend={send}
        />
      }
    >
      <p class="hint">{P().rankHow(most)}</p>
      {placed.length > 0 && (
        <ol class="rows placed">
          {placed.map((item, i) => (
            <li class="row has" key={item.id} aria-label={P().placeOf(i + 1, nameOf(item))}>
              <b class="place" aria-hidden="true">
                {i + 1}
              </b>
              <ItemWords item={item} store={store} />
              <div class="stepper">
                <button type="button" aria-label={P().moveUp(nameOf(item))} disabled={i === 0} onClick={() => up(i)}>
                  ↑
                </button>
                <button
                  type="button"
                  aria-label={P().takeOut(nameOf(item))}
                  onClick={() => mine.put(order.filter((id) => id !== item.id))}
                >
                  ×
                </button>
              </div>
            </li>
          ))}
        </ol>
      )}
      {field}
      <ul class="rows">
        {found.map((item) => (
          <li key={item.id}>
            <button
              type="button"
              class="row pick"
              disabled={order.length >= most}
              onClick={() => mine.put([...order, item.id])}
            >
              <ItemWords item={item} store={store} />
            </button>
          </li>
        ))}
      </ul>
    </Screen>
  );
}

export function RatingsScreen(props: { store: Store; ballot: Extract<BallotForm, { kind: 'scale' }> }) {
  const { store, ballot } = props;
  const mine = useBallot<Record<string, number>>(store, (b) =>
    b?.kind === 'ratings' ? Object.fromEntries(b.ratings.map((r) => [r.item, r.value])) : undefined,
  );
  const values = mine.value || {};
  const items = itemsFor(store, (id) => values[id] !== undefined);
  const { found, field } = useFinder(items, store.now?.activity);
  const rated = items.filter((item) => values[item.id] !== undefined);
  const send = () =>
    mine.cast(
      { kind: 'ratings', ratings: rated.map(({ id }) => ({ item: id, value: values[id] })) },
      rated.map((item) => `${nameOf(item)}: ${values[item.id]}`).join(' · '),
    );
  return (
    <Screen
      name="ratings-screen"
      head={<Question store={store} />}
      foot={
        <SendBar
          {...mine}
          ready={rated.length > 0}
          send={P().sendRatings(rated.length, items.length)}
          change={P().change}
          onSend={send}
        />
      }
    >
      {field}
      <ul class="rows">
        {found.map((item) => (
          <li class="row rating" key={item.id}>
            <ItemWords item={item} store={store} />
            <Scale
              name={`${mine.key}/${item.id}`}
              low={ballot.low}
              high={ballot.high}
              lowLabel={pick(ballot.low_label)}
              highLabel={pick(ballot.high_label)}
              value={values[item.id]}
              legend={`${nameOf(item)}: ${P().rateFrom(ballot.low, ballot.high)}`}
              onPick={(value) => mine.put({ ...values, [item.id]: value })}
            />
          </li>
        ))}
      </ul>
    </Screen>
  );
}
