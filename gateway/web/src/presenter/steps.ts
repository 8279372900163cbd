// What can be done next with an activity, and how a button says it. Which steps are legal comes from
// the server (`next` in the console view); here is only which one is the usual.
import { isLanguage, OWN_NAMES, pick } from '../core/language';
import type { Console, ConsoleActivity, Phase } from '../core/types';
import { F } from '../words/presenter';

type A = ConsoleActivity;

export const isOpen = (a: A) => !['waiting', 'closed', 'revealed', 'sealed'].includes(a.phase);
export const isDone = (a: A) => a.phase === 'revealed' || a.phase === 'sealed';
export const calledSo = (tag: string) => (isLanguage(tag) ? OWN_NAMES[tag] : tag);
export const titleOf = (a: A) => pick(a.title) || a.activity;

export function phaseWords(a: A): string {
  const words = a.skipped && a.phase === 'waiting' ? F().skipped : F().phases[a.phase];
  return a.round ? F().phaseOf(words, a.round, a.rounds || 0) : words;
}

// The usual next step, out of the legal ones; undefined if there is none. Never what is for good:
// sealing always asks twice.
export function usualStep(a: A): Phase | undefined {
  const legal = a.next.map((step) => step.to);
  const { round = 0, rounds = 0 } = a;
  const more = round < rounds || (a.deck && a.deck.makeup_possible && a.deck.short > 0);
  const order: Partial<Record<Phase, Phase[]>> = {
    waiting: ['collecting', 'voting', 'seated'],
    collecting: ['swapping', 'voting', 'seated', 'closing'],
    voting: ['seated', 'closing', 'closed'],
    swapping: ['scoring'],
    scoring: more ? ['swapping', 'closing'] : ['closing', 'closed'],
    seated: more ? ['seated', 'closing'] : ['closing', 'closed'],
    closing: ['closed'],
    closed: ['revealed'],
  };
  return (order[a.phase] || []).find((to) => legal.includes(to));
}

// The legal steps that the big button does not take.
export const otherSteps = (a: A, taken?: Phase): Phase[] =>
  a.next.map((step) => step.to).filter((to) => to !== taken);

// "Close voting: 142 of 180 are in"
export function stepWords(a: A, to: Phase): string {
  const { answered = 0, of = 0 } = a.turnout || {};
  const back = a.phase === 'closed' || a.phase === 'revealed';
  const round = a.round || 0;
  switch (to) {
    case 'collecting':
      return back || a.phase === 'voting' ? F().reopenWriting : capital(a.kind === 'deck' ? F().openCards : F().openWriting);
    case 'voting':
      if (back) return F().reopenVoting;
      return a.phase === 'collecting' ? F().closeWritingOpenVoting(answered, of) : capital(F().openVoting);
    case 'seated':
      if (back) return F().reopenTables;
      return a.phase === 'seated' ? F().nextTables(round + 1) : capital(F().openTables);
    case 'swapping':
      if (back) return F().reopenSwapping;
      if (a.phase === 'collecting') return F().dealFirst(a.deck ? a.deck.cards : answered);
      if (round >= (a.rounds || 0)) return F().extraRound(a.deck ? a.deck.short : 0);
      return F().dealRound(round + 1, answered, of);
    case 'scoring':
      return back ? F().reopenScoring : F().bell;
    case 'closing':
      if (a.phase === 'collecting') return F().closeWriting(answered, of);
      if (a.phase === 'seated') return F().endTables;
      return a.phase === 'scoring' ? F().endRounds(answered, of) : F().closeVoting(answered, of);
    case 'closed':
      return a.phase === 'closing' ? F().closeNow(answered, of) : F().closeAtOnce;
    case 'revealed':
      return F().reveal;
    case 'sealed':
      return F().seal;
    default:
      return F().phases[to];
  }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

// "“Areas”: close voting: 142 of 180 are in"
export function namedStep(a: A, to: Phase): string {
  const words = stepWords(a, to);
  return F().named(titleOf(a), words.charAt(0).toLowerCase() + words.slice(1));
}

// What the big button's line of small print says.
export function stepHint(a: A, to: Phase): string {
  const { answered = 0, of = 0 } = a.turnout || {};
  switch (to) {
    case 'closing':
      return a.phase === 'scoring' || a.phase === 'seated' ? '' : F().hintClosing(Math.max(0, of - answered));
    case 'swapping':
      return a.deck ? F().hintDeal(a.deck.present) : '';
    case 'scoring':
      return F().hintBell;
    case 'revealed':
      return F().hintReveal;
    case 'collecting':
    case 'voting':
    case 'seated':
      return F().hintOpen;
    default:
      return '';
  }
}

export interface BigStep {
  a: A;
  to: Phase;
  words: string;
  hint: string;
}

// What the big button does. It speaks of the chosen activity, and when that is over, of the next
// one on the run sheet.
export function bigStep({ activities, current }: Console, chosen: string): BigStep | undefined {
  const at = activities.findIndex((a) => a.activity === (chosen || current));
  const a = activities[at];
  if (a && !isDone(a)) return stepOf(a, a.phase === 'waiting');
  const open = (b: A) => b.phase === 'waiting' && !b.skipped;
  const next = activities.slice(at + 1).find(open) || activities.find(open);
  return next && stepOf(next, true);
}

function stepOf(a: A, named: boolean): BigStep | undefined {
  const to = usualStep(a);
  if (!to) return undefined;
  return { a, to, words: named ? namedStep(a, to) : stepWords(a, to), hint: stepHint(a, to) };
}
