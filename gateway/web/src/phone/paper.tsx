// 25/10 with real, numbered cards: the phone says which card it is, and its score.
import type { Ballot, Now } from '../core/types';
import { P } from '../words/phone';
import { cardsOf, CardWritten, Here, scaleOf } from './deck';
import { BigButton, FateLine, Question, RoundHead, Scale, Screen, SendBar } from './parts';
import type { Store } from './store';
import { titleOf } from './vote';
import { useWriting } from './write';

const digits = (text: string) => Number(text.replace(/\D/g, '').slice(0, 6)) || 0;

function NumberField(props: { id: string; label: string; value?: number; onNumber: (n: number) => void }) {
  const { id, label, value, onNumber } = props;
  return (
    <div class="write">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="number"
        inputMode="numeric"
        autocomplete="off"
        maxLength={6}
        value={value ? String(value) : ''}
        onInput={(event) => onNumber(digits(event.currentTarget.value))}
      />
    </div>
  );
}

export function PaperWriteScreen({ store }: { store: Store }) {
  const writing = useWriting(store);
  const { draft, put, problem, fate, left } = writing;
  if (left <= 0) return <CardWritten store={store} fate={fate} />;
  const number = draft.number || 0;
  const text = (draft.text || '').trim();
  const handIn = () =>
    store.addItem(writing.key, { text, number }, { title: titleOf(store.now as Now), text: text || String(number) });
  return (
    <Screen
      name="write-screen"
      head={<Question store={store} />}
      foot={
        <>
          <FateLine fate={fate} counted={P().handedIn} />
          <BigButton disabled={!number || !!problem} onClick={handIn}>
            {P().myCard}
          </BigButton>
          {!cardsOf(store).length && <Here store={store} words={P().noCardButScore} quiet />}
        </>
      }
    >
      <NumberField id="card-number" label={P().printedNumber} value={number} onNumber={(n) => put({ number: n })} />
      <div class="write">
        <label for="card-text">{P().typeToo}</label>
        <textarea id="card-text" rows={3} value={draft.text || ''} onInput={(event) => put({ text: event.currentTarget.value })} />
        {problem && <p class="left over">{problem}</p>}
      </div>
    </Screen>
  );
}

export function PaperMill({ store }: { store: Store }) {
  return (
    <Screen
      name="mill-screen"
      head={<RoundHead store={store} title={P().walkSwap} />}
      foot={<Here store={store} />}
    >
      <p class="next">{P().noReading}</p>
    </Screen>
  );
}

interface Entered { number?: number; score?: number }

export function PaperScoreScreen({ store }: { store: Store }) {
  const round = store.bellRound();
  const key = store.key(`score/${round}`);
  const scored = store.mine.deck?.scored;
  const known = scored && scored.round === round ? scored : undefined;
  const ballot: Ballot | undefined =
    known && known.score !== undefined
      ? { kind: 'score', round, number: known.number, score: known.score }
      : undefined;
  const said = store.said(key, ballot && { seq: known?.seq || 0, ballot });
  const before: Entered = said?.kind === 'score' ? said : {};
  const now: Entered = { number: before.number, score: before.score, ...store.draft<Entered>(key) };
  const put = (change: Entered) => store.setDraft(key, { ...now, ...change });
  const cast = () =>
    store.cast(
      key,
      { kind: 'score', round, number: now.number, score: now.score as number },
      known?.seq,
      { title: titleOf(store.now as Now), text: P().scoreGiven(now.score as number, round) },
    );
  return (
    <Screen
      name="paper-screen"
      head={<RoundHead store={store} title={P().readScorePaper} />}
      foot={
        <SendBar
          fate={store.fate(key) || (said && { state: 'counted' })}
          ready={!!now.number && now.score !== undefined}
          dirty={now.number !== before.number || now.score !== before.score}
          already={!!said}
          send={P().scoreCard}
          change={P().changeScore}
          onSend={cast}
        />
      }
    >
      <NumberField id="paper-number" label={P().numberInHand} value={now.number} onNumber={(n) => put({ number: n })} />
      <Scale {...scaleOf(store.now as Now)} name={key} value={now.score} onPick={(score) => put({ score })} />
    </Screen>
  );
}
