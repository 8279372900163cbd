// What the big screen shows while there is something to do, to wait for, or to write.
import { Beside, nameOf } from '../charts/charts';
import { pick } from '../core/language';
import { spaced } from '../core/numbers';
import type { BallotForm, Item, Now, Stage } from '../core/types';
import { Picture } from '../pictures/picture';
import { QrCode } from '../pictures/qr_code';
import { D } from '../words/display';
import { S } from '../words/shared';
import { askedOf, Frame, Headline, joinUrl, Ring, Said, Turnout } from './parts';
import { LiveResult, ResultScreen } from './result';
import type { Clock } from './stages';
import { TablesScreen } from './tables';

const NAMES = 24; // more than this cannot be read at 20 m
const POSTERS = 16; // they are longer

export function StageScreen({ stage, time }: { stage: Stage; time: Clock }) {
  const { now, run } = stage;
  const begun = run.some((a) => a.phase !== 'waiting');
  if (!now) return begun ? <ComingScreen stage={stage} /> : <LobbyScreen stage={stage} />;
  switch (now.phase) {
    case 'waiting':
      return begun ? <ComingScreen stage={stage} next={now} /> : <LobbyScreen stage={stage} />;
    case 'swapping':
      return <MillScreen stage={stage} now={now} time={time} />;
    case 'scoring':
      return <ScoreScreen stage={stage} now={now} time={time} />;
    case 'seated':
      return <TablesScreen stage={stage} now={now} time={time} />;
    case 'closed':
      // Read out by and by: the places that have been told already.
      return now.told && now.result ? <ResultScreen stage={stage} now={now} result={now.result} /> : <ClosedScreen stage={stage} now={now} />;
    case 'revealed':
    case 'sealed':
      return now.result ? <ResultScreen stage={stage} now={now} result={now.result} /> : <ComingScreen stage={stage} />;
    default:
      if (now.deal && now.phase === 'closing') return <ScoreScreen stage={stage} now={now} time={time} />;
      if (now.tables && now.phase === 'closing') return <TablesScreen stage={stage} now={now} time={time} />;
      return <AskScreen stage={stage} now={now} time={time} />;
  }
}

// While people come in: the code full screen.
function LobbyScreen({ stage }: { stage: Stage }) {
  const { room, run } = stage;
  const next = run.find((a) => !a.skipped);
  return (
    <Frame
      stage={stage}
      name="lobby"
      tone="night"
      corner={false}
      band={<Turnout n={room.joined} of={room.expected} say={(n, of) => D().areHere(n, of)} />}
    >
      <div class="lobby-words">
        <Headline text={room.title} />
        <Said class="lead" say={() => D().joinAt} />
        <p class="address">{location.host}</p>
        <Said class="lead" say={() => D().andEnter} />
        <p class="digits" aria-label={D().codeIs(room.code || '')} role="img">
          {spaced(room.code)}
        </p>
        {next && (
          <p class="first-up">
            {D().first}: <strong>{pick(next.title)}</strong>
            <Beside say={() => `${D().first}: ${pick(next.title)}`} />
          </p>
        )}
      </div>
      <QrCode text={joinUrl(room.code)} label={D().joinLink(joinUrl(room.code))} />
    </Frame>
  );
}

export function ComingScreen({ stage, next }: { stage: Stage; next?: Now }) {
  const coming = next || stage.run.find((a) => a.phase === 'waiting' && !a.skipped);
  return (
    <Frame stage={stage} name="coming" tone="night">
      {coming ? (
        <>
          <Said class="kicker" say={() => D().next} />
          <Headline text={coming.title} />
          {next && pick(next.prompt) && <Said class="lead" say={() => pick(next.prompt)} />}
        </>
      ) : (
        <>
          <Headline text={stage.room.title} />
          <Said class="lead" say={() => D().thanks} />
        </>
      )}
    </Frame>
  );
}

interface Props {
  stage: Stage;
  now: Now;
  time: Clock;
}

// Open for answers: the question, what there is to choose, the time, who has answered.
function AskScreen({ stage, now, time }: Props) {
  const { turnout, phase, result } = now;
  const say = (n: number, of: number) => (phase === 'collecting' ? D().haveWritten(n, of) : D().haveAnswered(n, of));
  const live = result && anything(result);
  const above = () => (phase === 'closing' ? D().lastAnswers : pick(now.prompt) ? pick(now.title) : D().openNow);
  return (
    <Frame
      stage={stage}
      name={live ? 'ask with-live' : 'ask'}
      band={<Turnout n={turnout.answered} of={turnout.of} say={say} />}
    >
      <div class="asked">
        <Said class="kicker" say={above} />
        <Headline text={askedOf(now)} small={!!live || (now.items || []).length > 6} />
        {live ? <LiveResult now={now} result={result} /> : <Choices now={now} />}
      </div>
      <Ring time={time} />
    </Frame>
  );
}

const anything = (result: NonNullable<Now['result']>) =>
  result.kind === 'deck' ? result.cards > 0 : result.people > 0 || ('items' in result && Array.isArray(result.items) && result.items.length > 0);

// What there is to choose from, and how.
function Choices({ now }: { now: Now }) {
  const { ballot, phase, deal, items = [], tables } = now;
  if (tables && phase !== 'voting') return <Said class="lead" say={() => D().sayHere} />;
  if (phase === 'collecting') {
    return <Said class="lead" say={() => (deal ? D().boldIdea : ballot?.kind === 'upvote' ? D().askOnPhone : D().onYourPhone)} />;
  }
  if (!ballot) return <Said class="lead" say={() => D().onYourPhone} />;
  if (ballot.kind === 'choice') return <Options ballot={ballot} />;
  if (ballot.kind === 'scale' && !items.length) return <ScaleEnds ballot={ballot} />;
  return (
    <>
      <Said class="lead" say={() => howTo(ballot)} />
      <Posters items={items} shuffled={!!now.shuffle_items} />
    </>
  );
}

function howTo(ballot: BallotForm): string {
  switch (ballot.kind) {
    case 'dots':
      return `${ballot.budget > 20 ? D().pointsEach(ballot.budget) : D().dotsEach(ballot.budget)} ${D().moveThem}`;
    case 'rank':
      return D().nameBest(ballot.top);
    case 'upvote':
      return D().askOnPhone;
    default:
      return D().rateEach;
  }
}

function Options({ ballot }: { ballot: Extract<BallotForm, { kind: 'choice' }> }) {
  if (ballot.options.length > NAMES) return <Said class="lead" say={() => D().chooseOnPhone} />;
  const pictures = ballot.options.some((o) => o.picture);
  const many = ballot.options.length > 6;
  return (
    <ul class={`names${many ? ' many' : ''}${pictures ? ' pictures' : ''}`}>
      {ballot.options.map((o) => (
        <li key={o.id}>
          <Picture name={o.picture} />
          <span>{pick(o.title) || o.id}</span>
          <Beside say={() => pick(o.title)} />
        </li>
      ))}
    </ul>
  );
}

// The ideas that hang on posters, under their fixed numbers; not where order could sway.
function Posters({ items, shuffled }: { items: Item[]; shuffled: boolean }) {
  const shown = items.filter((item) => !item.merged_into);
  if (shuffled || shown.length > POSTERS || !shown.every((item) => item.number)) return null;
  return (
    <ul class={shown.length > 6 ? 'names posters many' : 'names posters'}>
      {shown.map((item) => (
        <li key={item.id}>
          <b>{item.number}</b>
          <span>
            {nameOf(item)}
            <Beside say={() => nameOf(item)} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function ScaleEnds({ ballot }: { ballot: Extract<BallotForm, { kind: 'scale' }> }) {
  const length = ballot.high - ballot.low + 1;
  if (length > 11) return <Said class="lead" say={() => D().chooseOnPhone} />;
  return (
    <div class="scale-ends">
      <ol>
        {Array.from({ length }, (_, i) => (
          <li key={i}>{ballot.low + i}</li>
        ))}
      </ol>
      <p>
        <Said as="span" say={() => pick(ballot.low_label)} />
        <Said as="span" say={() => pick(ballot.high_label)} />
      </p>
    </div>
  );
}

export function RoundLine({ now, rounds }: { now: Now; rounds: number }) {
  if (!now.round) return <Said class="kicker" say={() => D().lastScores} />;
  if (now.round > rounds) return <Said class="kicker" say={() => S().extraRound(now.round - rounds)} />;
  return (
    <p class="kicker round-line">
      <Said as="span" say={() => D().round(now.round, rounds)} />
      <span class="round-marks" aria-hidden="true">
        {Array.from({ length: rounds }, (_, i) => (
          <i class={i + 1 < now.round ? 'done' : i + 1 === now.round ? 'here' : ''} key={i} />
        ))}
      </span>
    </p>
  );
}

function MillScreen({ stage, now, time }: Props) {
  const paper = now.deal?.deck === 'paper';
  return (
    <Frame stage={stage} name="mill" tone="night">
      <div class="asked">
        <RoundLine now={now} rounds={now.deal?.rounds || 5} />
        <Said as="h1" say={() => (paper ? D().swapCards : D().passCards)} />
        <Said class="lead" say={() => (paper ? D().noReadingPaper : D().noReading)} />
      </div>
      <div class="mill-side">
        <Ring time={time} />
        <div class="flying" aria-hidden="true">
          <i />
          <i />
          <i />
        </div>
      </div>
    </Frame>
  );
}

function ScoreScreen({ stage, now, time }: Props) {
  const { turnout, ballot } = now;
  return (
    <Frame
      stage={stage}
      name="ask"
      band={now.round > 0 && <Turnout n={turnout.answered} of={turnout.of} say={(n, of) => D().haveScored(n, of)} />}
    >
      <div class="asked">
        <RoundLine now={now} rounds={now.deal?.rounds || 5} />
        <Said as="h1" say={() => D().readScore} />
        {ballot?.kind === 'scale' && <ScaleEnds ballot={ballot} />}
      </div>
      <Ring time={time} />
    </Frame>
  );
}

function ClosedScreen({ stage, now }: { stage: Stage; now: Now }) {
  return (
    <Frame stage={stage} name="closed" tone="night">
      <Said class="kicker" say={() => pick(now.title)} />
      <Said as="h1" say={() => (now.deal ? D().allRounds : now.ballot ? D().votingClosed : D().writingClosed)} />
      {!now.deal && <Said class="lead" say={() => S().answered(now.turnout.answered)} />}
      <Said class="lead" say={() => D().resultNext} />
    </Frame>
  );
}
