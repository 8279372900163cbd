// What a first vote does without: one module, loaded once the first screen is there. It says which
// screen an activity has; `phone.tsx` shows it.
import { pick } from '../core/language';
import type { Now } from '../core/types';
import { P } from '../words/phone';
import { DeckScreen } from './deck';
import { DotsScreen } from './dots';
// The build leaves what both need in the first file: all of that is reached from here, too.
import './phone';
import { QuestionsScreen } from './questions';
import { QuietScreen } from './quiet';
import { RankScreen, RatingsScreen } from './ranking';
import { ClosedScreen, LiveResult, ResultScreen } from './results';
import type { Store } from './store';
import { isAtTables, TablesScreen } from './tables';
import { VoteScreen } from './vote';
import { WriteScreen } from './write';

export { DayScreen } from './day';
export { LiveResult };

// `sign`: the table on whose sign the address was.
export function MoreScreen({ store, sign }: { store: Store; sign: number }) {
  const now = store.now as Now;
  const { phase, ballot } = now;
  if (phase === 'closed') return <ClosedScreen store={store} />;
  if (phase === 'revealed' || phase === 'sealed') return <ResultScreen store={store} now={now} />;
  if (now.deal) return <DeckScreen store={store} />;
  if (isAtTables(now) && !(phase === 'voting' && ballot)) return <TablesScreen store={store} sign={sign} />;
  const writes = now.collect && (phase === 'collecting' || (phase === 'closing' && !ballot));
  if (writes && ballot?.kind !== 'upvote') {
    if (now.collect?.who === 'everyone') return <WriteScreen store={store} live={<LiveResult store={store} />} />;
    const text = now.collect?.who === 'staff' ? P().staffWrite : P().tablesWrite;
    return <QuietScreen name="listen-screen" title={pick(now.title)} text={text} />;
  }
  if (ballot?.kind === 'scale' && now.items?.length) return <RatingsScreen store={store} ballot={ballot} />;
  if (ballot?.kind === 'dots') return <DotsScreen store={store} ballot={ballot} />;
  if (ballot?.kind === 'rank') return <RankScreen store={store} ballot={ballot} />;
  if (ballot?.kind === 'upvote') return <QuestionsScreen store={store} />;
  return <VoteScreen store={store} />; // at tables
}
