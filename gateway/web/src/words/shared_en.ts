// Said by more than one page: charts, time, what a label means, what became of a command.
import { number } from '../core/numbers';

const s = (n: number, one: string, many = `${one}s`) => `${number(n)} ${n === 1 ? one : many}`;

export const shared = {
  // time
  secondsLeft: (n: number) => (n === 0 ? 'Time is up' : `${s(n, 'second')} left`),
  timeLeft: (face: string) => `${face} left`,
  // what may be known of a person here
  anonymous: 'Anonymous',
  named: 'Shows a name',
  linked: 'Linked to your other answers',
  linkedTo: (titles: string) => `Linked to your answer in ${titles}`,
  quoted: (title: string) => `“${title}”`,
  and: (list: string[]) =>
    list.length < 2 ? list.join('') : `${list.slice(0, -1).join(', ')} and ${list[list.length - 1]}`,
  // charts
  mean: 'mean',
  median: 'median',
  peopleWord: 'people',
  people: (n: number) => s(n, 'person', 'people'),
  answered: (n: number) => `${s(n, 'person', 'people')} answered`,
  placed: (n: number, dots: number, many?: boolean) => `${s(n, 'person', 'people')} placed ${s(dots, many ? 'point' : 'dot')}`,
  voted: (n: number) => `${s(n, 'person', 'people')} voted`,
  ranked: (n: number, top: number) =>
    `${s(n, 'person', 'people')} named up to ${number(top)}; a first place is worth ${s(top, 'point')}`,
  rated: (n: number) => `${s(n, 'person', 'people')} rated`,
  wrote: (n: number, items: number) =>
    `${s(n, 'person', 'people')} wrote ${s(items, 'contribution')}`,
  scored: (n: number, cards: number, full: number) =>
    `${s(n, 'person', 'people')} scored ${s(cards, 'card')}, ${number(full)} in full. ` +
    'A gap of one or two points is chance.',
  beforeWas: (mean: string) => `Before: ${mean}`,
  nowIs: (mean: string) => `Now: ${mean}`,
  meansAre: (before: string, now: string, low: number, high: number) =>
    `Mean before ${before}, now ${now}, from ${low} to ${high}`,
  paired: (n: number, up: number, same: number, down: number) =>
    `Of the ${number(n)} who answered both times, ${number(up)} went up, ${number(same)} stayed, ` +
    `${number(down)} went down.`,
  meanChange: (change: string) => `Mean change ${change}.`,
  groupsDiffer:
    'More than a fifth of the people differ between the two times: compare with care.',
  nobodyYet: 'Nobody yet from ',
  starred: '* ideas merged: their dots added',
  starredVotes: '* merged: each person counted once',
  shortOfScores: 'With fewer scores than rounds: mean × rounds',
  scores: (n: number) => s(n, 'score'),
  firsts: (n: number) => (n === 1 ? '1 first place' : `${number(n)} first places`),
  card: (n: number) => `Card ${n}`,
  removed: '(text removed)',
  yours: 'yours',
  more: (n: number) => `and ${number(n)} more`,
  table: (n: number) => `Table ${n}`,
  distribution: (value: number, n: number) => `${value}: ${s(n, 'person', 'people')}`,
  number: (n: number) => `No. ${n}`,
  byGroup: 'By group',
  noGroup: 'No group told',
  tooFew: (titles: string) => `Too few to be shown alone: ${titles}`,
  asAfter: (index: number) => `As after entry ${number(index)} of the log`,
  roundOf: (round: number, of: number) => `Round ${round} of ${of}`,
  extraRound: (n: number) => `Extra round ${n}`,
};

export type SharedWords = typeof shared;
