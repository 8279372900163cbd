import { number } from '../core/numbers';
import type { SharedWords } from './shared_en';

// A number with "o" takes the plural with a soft mutation, whatever the number is.
const o = (n: number, many: string) => `${number(n)} o ${many}`;

export const shared: SharedWords = {
  secondsLeft: (n) => (n === 0 ? 'Mae’r amser ar ben' : `${o(n, 'eiliadau')} ar ôl`),
  timeLeft: (face) => `${face} ar ôl`,
  anonymous: 'Dienw',
  named: 'Yn dangos enw',
  linked: 'Cysylltir â’ch atebion eraill',
  linkedTo: (titles) => `Cysylltir â’ch ateb yn ${titles}`,
  quoted: (title) => `“${title}”`,
  and: (list) =>
    list.length < 2 ? list.join('') : `${list.slice(0, -1).join(', ')} a ${list[list.length - 1]}`,
  mean: 'cymedr',
  median: 'canolrif',
  peopleWord: 'o bobl',
  people: (n) => o(n, 'bobl'),
  answered: (n) => `Atebodd ${o(n, 'bobl')}`,
  placed: (n, dots, many) => `Gosododd ${o(n, 'bobl')} ${o(dots, many ? 'bwyntiau' : 'ddotiau')}`,
  voted: (n) => `Pleidleisiodd ${o(n, 'bobl')}`,
  ranked: (n, top) =>
    `Enwodd ${o(n, 'bobl')} hyd at ${number(top)}; mae lle cyntaf yn werth ${o(top, 'bwyntiau')}`,
  rated: (n) => `Rhoddodd ${o(n, 'bobl')} sgôr`,
  wrote: (n, items) => `Ysgrifennodd ${o(n, 'bobl')} ${o(items, 'gyfraniadau')}`,
  scored: (n, cards, full) =>
    `Sgoriodd ${o(n, 'bobl')} ${o(cards, 'gardiau')}, ${number(full)} yn llawn. ` +
    'Siawns yw bwlch o un neu ddau bwynt.',
  beforeWas: (mean) => `Cynt: ${mean}`,
  nowIs: (mean) => `Nawr: ${mean}`,
  meansAre: (before, now, low, high) => `Cymedr cynt ${before}, nawr ${now}, o ${low} i ${high}`,
  paired: (n, up, same, down) =>
    `O’r ${number(n)} a atebodd y ddau dro, aeth ${number(up)} i fyny, arhosodd ${number(same)}, ` +
    `aeth ${number(down)} i lawr.`,
  meanChange: (change) => `Newid cymedrig ${change}.`,
  groupsDiffer: 'Mae mwy nag un o bob pump o’r bobl yn wahanol rhwng y ddau dro: cymharwch yn ofalus.',
  nobodyYet: 'Neb eto o ',
  starred: '* syniadau wedi’u cyfuno: adiwyd eu dotiau',
  starredVotes: '* wedi’u cyfuno: cyfrifir pob person unwaith',
  shortOfScores: 'Gyda llai o sgorau nag o rowndiau: cymedr × rowndiau',
  scores: (n) => o(n, 'sgorau'),
  firsts: (n) => `${number(n)} yn gyntaf`,
  card: (n) => `Cerdyn ${n}`,
  removed: '(tynnwyd y testun)',
  yours: 'eich un chi',
  more: (n) => `a ${number(n)} arall`,
  table: (n) => `Bwrdd ${n}`,
  distribution: (value, n) => `${value}: ${o(n, 'bobl')}`,
  number: (n) => `Rhif ${n}`,
  byGroup: 'Fesul grŵp',
  noGroup: 'Heb nodi grŵp',
  tooFew: (titles) => `Rhy ychydig i’w dangos ar wahân: ${titles}`,
  asAfter: (index) => `Fel ar ôl cofnod ${number(index)} yn y log`,
  roundOf: (round, of) => `Rownd ${round} o ${of}`,
  extraRound: (n) => `Rownd ychwanegol ${n}`,
};
