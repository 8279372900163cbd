// 25/10 on the phone: write a card, pass cards on unread, read and score the one in hand.
import { useRef } from 'preact/hooks';
import { pick } from '../core/language';
import type { Ballot, Contribution, Now, OwnCard } from '../core/types';
import { P } from '../words/phone';
import { S } from '../words/shared';
import { PaperMill, PaperScoreScreen, PaperWriteScreen } from './paper';
import { BigButton, FateLine, Question, reducedMotion, RoundHead, Scale, Screen, SendBar } from './parts';
import type { Store } from './store';
import { titleOf } from './vote';
import { OwnTexts, useWriting, WriteForm } from './write';

const onPaper = (now: Now) => now.deal?.deck === 'paper';

export function DeckScreen({ store }: { store: Store }) {
  const now = store.now as Now;
  switch (now.phase) {
    case 'collecting':
      return onPaper(now) ? <PaperWriteScreen store={store} /> : <CardScreen store={store} />;
    case 'swapping':
      return onPaper(now) ? <PaperMill store={store} /> : <MillScreen store={store} />;
    default:
      return onPaper(now) ? <PaperScoreScreen store={store} /> : <ScoreScreen store={store} />;
  }
}

function CardScreen({ store }: { store: Store }) {
  const writing = useWriting(store);
  if (writing.left <= 0) return <CardWritten store={store} fate={writing.fate} />;
  return (
    <Screen
      name="write-screen"
      head={<Question store={store} />}
      foot={
        <>
          <FateLine fate={writing.fate} counted={P().handedIn} />
          <BigButton disabled={!writing.ready} onClick={writing.handIn}>
            {P().handInCard}
          </BigButton>
          {!(store.mine.contributions || []).length && <Here store={store} words={P().noCardButScore} quiet />}
        </>
      }
    >
      <div class="index-card">
        <WriteForm writing={writing} label={P().boldIdea} />
      </div>
      <OwnTexts store={store} />
    </Screen>
  );
}

export function CardWritten({ store, fate }: { store: Store; fate: ReturnType<Store['fate']> }) {
  return (
    <Screen
      name="written-screen"
      head={<Question store={store} />}
      foot={<FateLine fate={fate || { state: 'counted' }} counted={P().handedIn} />}
    >
      <p class="next">{P().cardsGoRound}</p>
      <OwnTexts store={store} title={P().yourCard} />
    </Screen>
  );
}

// "I'm here": a pocketed phone takes itself out, and this brings it back.
export function Here({ store, words, quiet }: { store: Store; words?: string; quiet?: boolean }) {
  if (store.mine.deck?.present || store.mine.table?.here) return null;
  const fate = store.fate(store.key('here'));
  const said = fate?.state === 'saved' || fate?.state === 'sent';
  return (
    <BigButton quiet={quiet} disabled={said} onClick={() => store.here()}>
      {said ? P().oneMoment : words || P().imHere}
    </BigButton>
  );
}

function MillScreen({ store }: { store: Store }) {
  const now = store.now as Now;
  const card = useRef<HTMLSpanElement>(null);
  const deck = store.mine.deck || { present: false, holding: false, pass_seq: 0 };
  const key = store.key(`pass/${now.round}`);
  const fate = store.fate(key);
  const busy = fate?.state === 'saved' || fate?.state === 'sent';
  const late = deck.to_score && deck.to_score.score === undefined ? deck.to_score : undefined;
  const passOn = () => {
    fly(card.current);
    store.pass(key, now.round, deck.pass_seq);
  };
  const words =
    fate?.state === 'saved'
      ? P().savedGoes
      : fate?.state === 'problem'
        ? fate.text
        : fate?.times
          ? P().passedOn(fate.times)
          : P().faceDown;
  return (
    <Screen
      name="mill-screen"
      head={<RoundHead store={store} title={deck.holding ? P().walkPass : P().cardsMoving} />}
      foot={
        <>
          {late && <LateScore store={store} card={late} />}
          {!deck.holding && <Here store={store} />}
        </>
      }
    >
      {deck.holding ? (
        <>
          <button type="button" class="pass" disabled={busy} onClick={passOn}>
            <span class="face-down dealt" ref={card} aria-hidden="true" key={`card-${fate?.times || 0}`}>
              <svg viewBox="0 0 64 64">
                <path d="M14 24h34M40 14l10 10-10 10M50 42H16M24 32L14 42l10 10" />
              </svg>
            </span>
            <span class="pass-words">{busy ? P().passing : P().passIt}</span>
          </button>
          <p class="next">{words}</p>
        </>
      ) : (
        <p class="next">{deck.present ? P().noCardThisRound : P().sayHereNext}</p>
      )}
    </Screen>
  );
}

// The card folds and flies up when it is passed: a likeness of it, since the next may be there at once.
function fly(card: HTMLElement | null) {
  if (!card || !card.animate || reducedMotion()) return;
  const likeness = card.cloneNode(true) as HTMLElement;
  const { left, top, width } = card.getBoundingClientRect();
  likeness.className = 'face-down flying';
  Object.assign(likeness.style, { left: `${left}px`, top: `${top}px`, width: `${width}px` });
  document.body.append(likeness);
  likeness.animate(
    [
      { transform: 'none', opacity: 1 },
      { transform: 'scaleY(.5) rotate(-3deg)', opacity: 1, offset: 0.35 },
      { transform: 'translateY(-70vh) scale(.45, .25) rotate(-16deg)', opacity: 0 },
    ],
    { duration: 460, easing: 'cubic-bezier(.5,0,.8,.5)' },
  ).onfinish = () => likeness.remove();
}

// The card of the last bell may be scored until the next one.
function LateScore({ store, card }: { store: Store; card: OwnCard }) {
  return (
    <details class="late-score">
      <summary>{P().lateScore(card.round)}</summary>
      <blockquote class="index-card">{card.text}</blockquote>
      <Scores store={store} card={card} />
    </details>
  );
}

function ScoreScreen({ store }: { store: Store }) {
  const card = store.mine.deck?.to_score;
  if (!card) return <NoCardScreen store={store} />;
  const { input, bar } = useScore(store, card);
  return (
    <Screen name="score-screen" head={<RoundHead store={store} title={P().readScore} />} foot={bar}>
      <blockquote class="index-card dealt" key={card.id}>
        {card.text || S().removed}
      </blockquote>
      {input}
    </Screen>
  );
}

function Scores({ store, card }: { store: Store; card: OwnCard }) {
  const { input, bar } = useScore(store, card);
  return (
    <>
      {input}
      {bar}
    </>
  );
}

function useScore(store: Store, card: OwnCard) {
  const { round, score, seq = 0 } = card;
  const ballot = scaleOf(store.now as Now);
  const key = store.key(`score/${round}`);
  const given: Ballot | undefined =
    score === undefined ? undefined : { kind: 'score', round, card: card.id, score };
  const said = store.said(key, given && { seq, ballot: given });
  const before = said?.kind === 'score' ? said.score : undefined;
  const draft = store.draft<number>(key);
  const value = draft !== undefined ? draft : before;
  const cast = () =>
    store.cast(key, { kind: 'score', round, card: card.id, score: value as number }, seq, {
      title: titleOf(store.now as Now),
      text: P().scoreGiven(value as number, round),
    });
  const input = <Scale {...ballot} name={key} value={value} onPick={(v) => store.setDraft(key, v)} />;
  const bar = (
    <SendBar
      fate={store.fate(key) || (given && { state: 'counted' })}
      ready={value !== undefined}
      dirty={draft !== undefined && draft !== before}
      already={before !== undefined}
      send={P().scoreCard}
      change={P().changeScore}
      onSend={cast}
    />
  );
  return { input, bar };
}

// What a score is given on, with its words.
export function scaleOf(now: Now) {
  const ballot = now.ballot?.kind === 'scale' ? now.ballot : { low: 1, high: 5 };
  const { low, high } = ballot;
  const ends = 'kind' in ballot ? ballot : undefined;
  return {
    low,
    high,
    lowLabel: pick(ends?.low_label),
    highLabel: pick(ends?.high_label),
    legend: P().scoreFrom(low, high),
  };
}

function NoCardScreen({ store }: { store: Store }) {
  const over = store.now?.phase === 'closing';
  const words = over ? P().lastScores : store.mine.deck?.present ? P().youAreIn : P().sayHereComes;
  return (
    <Screen
      name="no-card-screen"
      head={<RoundHead store={store} title={P().noCardInHand} />}
      foot={!over && <Here store={store} />}
    >
      <p class="next">{words}</p>
    </Screen>
  );
}

export const cardsOf = (store: Store): Contribution[] => store.mine.contributions || [];
