// Questions to a panel, or ideas: write your own, and say of others "me too", once each.
import { useState } from 'preact/hooks';
import { nameOf } from '../charts/names';
import type { Item, Now, Result } from '../core/types';
import { P } from '../words/phone';
import { itemsFor, useFinder } from './items';
import { BigButton, FateLine, Question, Screen } from './parts';
import { useHeld } from './results';
import type { Store } from './store';
import { titleOf } from './vote';
import { OwnTexts, WriteForm, useWriting } from './write';

// The votes so far, where everybody may see them.
const votesIn = (result?: Result) =>
  new Map(result?.kind === 'upvote' ? result.items.map((row) => [row.id, row.votes || 0]) : []);

export function QuestionsScreen({ store }: { store: Store }) {
  const now = store.now as Now;
  const [asking, setAsking] = useState(false);
  const writing = useWriting(store);
  const { shown, hold } = useHeld(now.result);
  const mayAsk = now.phase === 'collecting' && now.collect?.who === 'everyone';
  const { found, field } = useFinder(sorted(itemsFor(store, () => false), shown), now.activity);
  if (asking && mayAsk && writing.left > 0) {
    return (
      <Screen
        name="ask-screen"
        head={<Question store={store} />}
        foot={
          <>
            <BigButton
              disabled={!writing.ready}
              onClick={() => {
                writing.handIn();
                setAsking(false);
              }}
            >
              {P().sendQuestion}
            </BigButton>
            <BigButton quiet onClick={() => setAsking(false)}>
              {P().backToQuestions}
            </BigButton>
          </>
        }
      >
        <WriteForm writing={writing} label={P().yourQuestion} />
      </Screen>
    );
  }
  return (
    <Screen
      name="questions-screen"
      head={<Question store={store} />}
      foot={
        mayAsk && (
          <>
            <FateLine fate={writing.fate} counted={P().handedIn} />
            {writing.left > 0 && <BigButton onClick={() => setAsking(true)}>{P().askQuestion}</BigButton>}
          </>
        )
      }
    >
      {hold}
      {field}
      {found.length === 0 && <p class="hint">{P().noQuestions}</p>}
      <ul class="rows">
        {found.map((item) => (
          <QuestionRow key={item.id} item={item} store={store} votes={votesIn(shown).get(item.id)} />
        ))}
      </ul>
      <OwnTexts store={store} />
    </Screen>
  );
}

// What is answered now comes first, what was answered last; else by votes where they are known.
function sorted(items: Item[], result?: Result): Item[] {
  const votes = votesIn(result);
  const weight = (item: Item) =>
    item.mark === 'live' ? -1 : item.mark === 'answered' ? 1 : 0;
  return [...items].sort(
    (a, b) => weight(a) - weight(b) || (votes.get(b.id) || 0) - (votes.get(a.id) || 0),
  );
}

function QuestionRow({ item, store, votes }: { item: Item; store: Store; votes?: number }) {
  const now = store.now as Now;
  const key = store.key(`up/${item.id}`);
  const known = (store.mine.upvotes || []).find((u) => u.item === item.id);
  const said = store.said(key, known && { seq: known.seq, ballot: { kind: 'upvote', ...known } });
  const up = said?.kind === 'upvote' && said.up;
  const own = (store.mine.contributions || []).some((c) => c.id === item.id);
  const tap = () =>
    store.cast(key, { kind: 'upvote', item: item.id, up: !up }, known?.seq, {
      title: titleOf(now),
      text: up ? '–' : nameOf(item),
    });
  return (
    <li class={`row question ${item.mark || ''}`}>
      <div class="item-words">
        {item.mark && <p class="mark">{item.mark === 'live' ? P().beingAnswered : P().answeredMark}</p>}
        <p class="item-title">{nameOf(item)}</p>
        {own && <p class="item-more">{P().yourQuestion}</p>}
      </div>
      <button type="button" class="up" aria-pressed={up ? 'true' : 'false'} onClick={tap}>
        <span aria-hidden="true">▲</span>
        <span>{votes !== undefined ? votes : up ? P().upvoted : P().meToo}</span>
        <span class="unseen">{P().upvote(nameOf(item))}</span>
      </button>
    </li>
  );
}
