// What can be done next with an activity, and how a presenter's button says it. Which steps are
// legal comes from the server (`next` in the console view); here is only which one is the usual.
import { count, say } from './words.js';

const OPEN = ['collecting', 'voting', 'swapping', 'scoring', 'closing'];

const PHASES = {
  waiting: 'Waiting',
  collecting: 'Writing',
  voting: 'Voting',
  swapping: 'Passing cards',
  scoring: 'Scoring',
  closing: 'Closing',
  closed: 'Closed',
  revealed: 'Revealed',
  sealed: 'Sealed',
};
export const phaseWords = (a) => PHASES[a.phase] + (a.round ? ` ${a.round} of ${a.rounds}` : '');
export const isRunning = (a) => OPEN.includes(a.phase);
export const isDone = (a) => a.phase === 'revealed' || a.phase === 'sealed';
export const seenOf = (a) => ({ generation: a.generation, phase: a.phase, round: a.round || 0 });

// The usual next step, out of the legal ones; undefined if there is none. Never what is for good:
// sealing always asks twice.
export function usualStep(a) {
  const legal = (a.next || []).map((step) => step.to);
  const more = a.round < a.rounds || (a.deck && a.deck.makeup_possible && a.deck.short > 0);
  const order =
    {
      waiting: ['collecting', 'voting'],
      collecting: ['swapping', 'voting', 'closing'],
      voting: ['closing', 'closed'],
      swapping: ['scoring'],
      scoring: more ? ['swapping', 'closing'] : ['closing', 'closed'],
      closing: ['closed'],
      closed: ['revealed'],
    }[a.phase] || [];
  return order.find((to) => legal.includes(to));
}

// The legal steps that the big button does not take.
export function otherSteps(a, big) {
  const taken = big && big.a.activity === a.activity ? big.to : '';
  return (a.next || []).map((step) => step.to).filter((to) => to !== taken);
}

// "Close voting: 142 of 180 are in"
export function stepWords(a, to) {
  const { answered = 0, of = 0 } = a.turnout || {};
  const inNow = `${answered} of ${of} are in`;
  const back = a.phase === 'closed' || a.phase === 'revealed';
  switch (to) {
    case 'collecting':
      return back
        ? 'Open writing again'
        : a.kind === 'deck'
          ? 'Open: write the cards'
          : 'Open writing';
    case 'voting':
      return back
        ? 'Open voting again'
        : a.phase === 'collecting'
          ? `Close writing, open voting: ${inNow}`
          : 'Open voting';
    case 'swapping':
      if (a.phase === 'collecting')
        return `Open round 1: deal and pass (${count(a.deck ? a.deck.cards : answered, 'card')})`;
      if (a.round >= a.rounds)
        return `Extra round: deal ${count(a.deck ? a.deck.short : 0, 'card')} short of scores`;
      return `Open round ${(a.round || 0) + 1}: deal and pass (${inNow})`;
    case 'scoring':
      return back ? 'Open scoring again' : 'Bell: score';
    case 'closing':
      return (
        { collecting: `Close writing: ${inNow}`, scoring: `End the rounds: ${inNow}` }[a.phase] ||
        `Close voting: ${inNow}`
      );
    case 'closed':
      return a.phase === 'closing' ? `Close now: ${inNow}` : 'Close at once, without grace';
    case 'revealed':
      return 'Reveal';
    case 'sealed':
      return 'Seal: it stays as it is for good';
    default:
      return to;
  }
}

// What the big button's line of small print says.
export function stepHint(a, to) {
  const { answered = 0, of = 0 } = a.turnout || {};
  const still = Math.max(0, of - answered);
  switch (to) {
    case 'closing':
      return a.phase === 'scoring'
        ? ''
        : still > 0
          ? `${count(still, 'person has', 'people have')} not answered. They get a few seconds.`
          : 'Everybody has answered.';
    case 'swapping':
      return a.deck
        ? `${count(a.deck.present, 'person is', 'people are')} present, and are dealt cards.`
        : '';
    case 'scoring':
      return 'Each phone shows the card that its person holds.';
    case 'revealed':
      return 'Everybody sees the result at once.';
    case 'collecting':
    case 'voting':
      return 'Opens on every phone at once.';
    default:
      return '';
  }
}

// What the big button does: {a, to, text, hint}. It speaks of the chosen activity, and when that is
// over, of the next one on the run sheet.
export function bigStep(view, chosen) {
  const { activities = [], current } = view;
  const at = activities.findIndex((a) => a.activity === (chosen || current));
  const a = activities[at];
  if (a && !isDone(a)) return stepOf(a, usualStep(a), a.phase === 'waiting' && chosen);
  const next =
    activities.slice(at + 1).find((b) => b.phase === 'waiting') ||
    activities.find((b) => b.phase === 'waiting');
  return next && stepOf(next, usualStep(next), true);
}

function stepOf(a, to, named) {
  if (!to) return undefined;
  const text = stepWords(a, to);
  return {
    a,
    to,
    text: named ? `“${say(a.title)}”: ${text.charAt(0).toLowerCase()}${text.slice(1)}` : text,
    hint: stepHint(a, to),
  };
}
