// A result with ranks is read out from below, one press a place, until the reveal shows the first.
// What is not told yet is on no page, this one included: only the ranks that were told are known.
import { effect } from '@preact/signals';
import type { ConsoleActivity, Row } from '../core/types';
import { F } from '../words/presenter';
import { issue, seenOf, stage } from './desk';
import { Small } from './parts';
import { titleOf } from './steps';

const TOP = 10;
const FEWEST = 4; // fewer need no count-down
const RANKED = ['dots', 'upvote', 'rank', 'ratings', 'deck'];

export interface Telling {
  words: string;
  hint: string;
  begun: boolean;
  next?: number; // the place that is told next; none: the reveal comes
}

const toldOf = (a: ConsoleActivity) => {
  const now = stage.value?.now;
  return now?.activity === a.activity && now.generation === a.generation ? now.told || 0 : 0;
};

// The ranks that were told, the best first.
function ranksOf(a: ConsoleActivity): number[] {
  const now = stage.value?.now;
  const result = now?.activity === a.activity ? now.result : undefined;
  if (!result || !('items' in result) || !Array.isArray(result.items)) return [];
  return (result.items as Row[]).map((row) => row.rank).filter((rank) => rank > 0);
}

// What can be ranked at all: more is not known before the reveal.
const places = (a: ConsoleActivity) =>
  a.deck ? a.deck.cards : (a.items || []).filter((item) => !item.merged_into && !item.state && !item.held).length;

export function telling(a: ConsoleActivity): Telling | undefined {
  const told = toldOf(a);
  if (a.phase !== 'closed' || (a.result && !told) || !RANKED.includes(a.kind)) return undefined;
  if (!told && places(a) < FEWEST) return undefined;
  const next = told ? Math.min(told, ...ranksOf(a)) - 1 : Math.min(TOP, places(a));
  const hint = F().hintTell;
  if (next <= 1) return { words: F().tellFirst, hint: F().hintReveal, begun: true };
  return { words: told ? F().tellPlace(next) : F().tellFrom(next), hint, begun: !!told, next };
}

let asked = { activity: '', next: 0, ranks: 0 };

export function tellNext(a: ConsoleActivity, next: number) {
  asked = { activity: a.activity, next, ranks: ranksOf(a).length };
  const order = { type: 'result.tell', activity: a.activity, seen: seenOf(a) };
  issue(F().didTell(titleOf(a), next), { ...order, down_to: next }, { ...order, down_to: toldOf(a) });
}

export const TellFirst = ({ words, act }: { words: string; act: () => void }) => <Small onClick={act}>{words}</Small>;

// A place that nobody has, because those above share theirs: the press goes on to the next that
// somebody has.
export function skipEmptyPlaces(find: (activity: string) => ConsoleActivity | undefined) {
  effect(() => {
    void stage.value;
    const a = find(asked.activity);
    if (!a || toldOf(a) !== asked.next || asked.next <= 2 || ranksOf(a).length > asked.ranks) return;
    tellNext(a, asked.next - 1);
  });
}
