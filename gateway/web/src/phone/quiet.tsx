// The screens on which there is nothing to answer: waiting, the end, what is on its way.
import type { ComponentChildren } from 'preact';
import { pick } from '../core/language';
import { spaced } from '../core/numbers';
import type { Stage } from '../core/types';
import { P } from '../words/phone';
import { Screen, Title } from './parts';
import type { Store } from './store';

export function QuietScreen(props: { name: string; title: string; text?: string; foot?: ComponentChildren }) {
  const { name, title, text, foot } = props;
  return (
    <Screen name={name} head={<Title>{title}</Title>} foot={foot}>
      {text && <p class="next">{text}</p>}
    </Screen>
  );
}

export function WaitingScreen({ store }: { store: Store }) {
  const { room, run, now } = store.stage.value as Stage;
  const at = now ? run.findIndex((a) => a.activity === now.activity) : -1;
  const next =
    now?.phase === 'waiting'
      ? now
      : run.slice(at + 1).find((a) => a.phase === 'waiting' && !a.skipped);
  const over = !next && run.length > 0 && run.every((a) => a.phase !== 'waiting' || a.skipped);
  return (
    <Screen
      name="waiting-screen"
      head={
        <>
          <p class="kicker">{spaced(room.code || store.code)}</p>
          <Title>{pick(room.title)}</Title>
          <p class="turnout">{P().areHere(room.joined, room.expected)}</p>
        </>
      }
      foot={<CountedLine store={store} />}
    >
      {!over && (
        <p class="breath" aria-hidden="true">
          <i />
          <i />
          <i />
        </p>
      )}
      {next ? (
        <p class="next">
          <span class="kicker">{P().next}</span>
          <strong>{pick(next.title)}</strong>
        </p>
      ) : (
        <p class="next">{over ? P().thanks : P().nothingNow}</p>
      )}
      <p class="hint">{P().changesItself}</p>
    </Screen>
  );
}

export function CountedLine({ store }: { store: Store }) {
  const n = store.countedAnswers();
  return n > 0 ? <p class="fate counted done-line">{P().answersCounted(n)}</p> : null;
}
