// Results on the big screen, as large as what there is to show allows.
import { Basis, Gallery, ResultChart } from '../charts/charts';
import { Groups, isSplit } from '../charts/groups';
import { pick } from '../core/language';
import type { Item, Now, Result, Stage } from '../core/types';
import { S } from '../words/shared';
import { Cloud } from './cloud';
import { Leaders, Questions, TOP } from './leaders';
import { askedOf, Frame, Said } from './parts';

const LIVE_ROWS = 16; // of a ranking that moves while people vote
const NOTES = 18; // that can be read at once

export function ResultScreen({ stage, now, result }: { stage: Stage; now: Now; result: Result }) {
  const asked = pick(askedOf(now));
  const { by_group: groups, told = 0 } = now;
  const split = isSplit(groups) && !told;
  return (
    <Frame stage={stage} name={`result ${result.kind}${split ? ' split' : ''}${told ? ' telling' : ''}`}>
      <div class="asked">
        {pick(now.title) !== asked && <Said class="kicker" say={() => pick(now.title)} />}
        <Said as="h1" class="question" say={() => pick(askedOf(now))} />
        <Body now={now} result={result} />
      </div>
      {split && groups && <Groups groups={groups} result={result} ballot={now.ballot} />}
    </Frame>
  );
}

function Body({ now, result }: { now: Now; result: Result }) {
  switch (result.kind) {
    case 'words':
      return <Words result={result} />;
    case 'items':
      return <Notes items={(now.items || []).filter((item) => !now.tables || item.table)} result={result} />;
    case 'dots':
    case 'upvote':
    case 'rank':
    case 'ratings':
    case 'deck':
      return <Leaders result={result} ballot={now.ballot} told={now.told} />;
    default:
      return <ResultChart result={result} ballot={now.ballot} top={TOP} />;
  }
}

// While it is open: the same, smaller, beside the question.
export function LiveResult({ now, result }: { now: Now; result: Result }) {
  if (result.kind === 'upvote') return <Questions now={now} rows={result.items} />;
  if (result.kind === 'words') return <Words result={result} />;
  if (result.kind === 'items') return <Notes items={now.items || []} result={result} />;
  if (result.kind === 'scale' || result.kind === 'choice') return <ResultChart result={result} ballot={now.ballot} top={6} />;
  return <Leaders result={result} ballot={now.ballot} top={LIVE_ROWS} live />;
}

function Words({ result }: { result: Extract<Result, { kind: 'words' }> }) {
  return (
    <div class="words-view">
      <Cloud words={result.words} />
      <ResultChart result={result} top={5} />
    </div>
  );
}

function Notes({ items, result }: { items: Item[]; result: Result }) {
  const shown = items.slice(-NOTES);
  return (
    <div class={shown.length > 6 ? 'notes many' : 'notes'}>
      <Gallery items={shown} />
      {items.length > shown.length && <p class="remark">{S().more(items.length - shown.length)}</p>}
      <Basis result={result} />
    </div>
  );
}
