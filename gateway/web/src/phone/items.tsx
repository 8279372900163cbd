// What the ballots about items have in common: which are shown, in which order, and finding one.
import { useState } from 'preact/hooks';
import { pick } from '../core/language';
import type { Item, Now } from '../core/types';
import { nameOf } from '../charts/names';
import { P } from '../words/phone';
import { S } from '../words/shared';
import { poster } from './poster';
import type { Store } from './store';

const MANY = 12; // from here on there is a search

// Those that can be judged; one that was merged stays as long as this person has it (`has`).
export function itemsFor(store: Store, has: (id: string) => boolean): Item[] {
  const now = store.now as Now;
  const items = (now.items || []).filter((item) => !item.merged_into || has(item.id));
  return now.shuffle_items ? store.shuffled(items, now.activity) : items;
}

export function useFinder(items: Item[], activity?: string) {
  const [text, setText] = useState('');
  const wanted = poster.value?.activity === activity && items.filter((i) => i.number === poster.value?.number);
  if (wanted && wanted.length) {
    const all = (
      <button type="button" class="link" onClick={() => (poster.value = null)}>
        {P().allIdeas(items.length)}
      </button>
    );
    return { found: wanted, field: all };
  }
  const sought = text.trim().toLowerCase();
  const fits = (item: Item) =>
    /^\d+$/.test(sought)
      ? String(item.number || '').startsWith(sought)
      : nameOf(item).toLowerCase().includes(sought);
  const found = sought ? items.filter(fits) : items;
  const field = items.length >= MANY && (
    <div class="finder">
      <label class="unseen" for="finder">
        {P().find}
      </label>
      <input
        id="finder"
        type="search"
        placeholder={P().find}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      {found.length === 0 && <p class="hint">{P().nothingFound}</p>}
    </div>
  );
  return { found, field };
}

// The words of one item, in a row of the phone.
export function ItemWords({ item, store }: { item: Item; store: Store }) {
  const title = nameOf(item);
  const more = [
    pick(item.detail),
    ...Object.values(item.fields || {}).filter((text) => text !== title),
  ].filter(Boolean);
  const into = item.merged_into && (store.now?.items || []).find((i) => i.id === item.merged_into);
  return (
    <div class="item-words">
      <p class="item-title">
        {item.number ? (
          <b class="poster" aria-label={S().number(item.number)}>
            {item.number}
          </b>
        ) : null}
        <span>{title}</span>
      </p>
      {more.map((text) => (
        <p class="item-more">{text}</p>
      ))}
      {into && <p class="item-more">{P().nowPartOf(nameOf(into))}</p>}
    </div>
  );
}
