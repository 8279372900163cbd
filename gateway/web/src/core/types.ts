// The views and messages of schema/wire.md, as far as the pages use them. Absent and empty are the
// same there, so nearly everything is optional.

export type Text = Record<string, string>;
export type Phase =
  | 'waiting' | 'collecting' | 'voting' | 'swapping' | 'scoring' | 'seated'
  | 'closing' | 'closed' | 'revealed' | 'sealed';

export interface Field {
  id: string;
  title?: Text;
  max_graphemes: number;
  required: boolean;
  names_person: boolean;
}

export interface Option { id: string; title?: Text; picture?: string }

export type BallotForm =
  | { kind: 'scale'; low: number; high: number; low_label?: Text; high_label?: Text }
  | { kind: 'choice'; options: Option[]; min: number; max: number }
  | { kind: 'dots'; budget: number; cap: number }
  | { kind: 'upvote' }
  | { kind: 'rank'; top: number };

export type Ballot =
  | { kind: 'choice'; options: string[] }
  | { kind: 'scale'; value: number }
  | { kind: 'dots'; dots: { item: string; dots: number }[] }
  | { kind: 'upvote'; item: string; up: boolean }
  | { kind: 'rank'; items: string[] }
  | { kind: 'ratings'; ratings: { item: string; value: number }[] }
  | { kind: 'score'; round: number; card?: string; number?: number; score: number };

export interface Collect {
  who: 'everyone' | 'table-hosts' | 'staff';
  each: number;
  max_graphemes: number;
  words?: number;
  moderated?: boolean;
  fields?: Field[];
}

export interface Item {
  id: string;
  number?: number;
  title?: Text;
  fields?: Record<string, string>;
  detail?: Text;
  picture?: string;
  table?: number;
  round?: number;
  mark?: 'live' | 'answered';
  from?: string;
  merged_into?: string;
  state?: 'pending' | 'hidden' | 'withdrawn' | 'erased'; // console only, as the next
  held?: boolean;
}

export interface Table {
  number: number;
  places: number;
  seated: number;
  hosted: boolean;
  topic?: string;
  title?: Text;
}

export interface Turnout { answered: number; of: number }

export interface ScaleTotals {
  people: number;
  mean?: string;
  median?: string;
  counts: number[];
}

export interface Comparison {
  with: string;
  before: ScaleTotals;
  after: ScaleTotals;
  paired: number;
  mean_change?: string;
  up: number;
  same: number;
  down: number;
  groups_differ: boolean;
}

export interface Row {
  id: string;
  number?: number;
  title?: Text | string;
  fields?: Record<string, string>;
  merged?: string[];
  rank: number;
  dots?: number;
  people?: number;
  votes?: number;
  points?: number;
  firsts?: number;
  sum?: number;
  mean?: string;
  counts?: number[];
  total?: string;
  scores?: number;
  complete?: boolean;
}

export type Result =
  | ({ kind: 'scale'; comparison?: Comparison } & ScaleTotals)
  | {
      kind: 'choice';
      people: number;
      options: { id: string; title?: Text; count: number }[];
      nobody?: string[];
    }
  | { kind: 'dots'; people: number; dots: number; items: Row[] }
  | { kind: 'upvote' | 'ratings'; people: number; items: Row[] }
  | { kind: 'rank'; people: number; top: number; items: Row[] }
  | {
      kind: 'deck';
      cards: number;
      complete: number;
      scorers: number;
      rounds: number;
      items: Row[];
      more?: number;
    }
  | {
      kind: 'words';
      people: number;
      items: number;
      words: { word: string; count: number; item: string }[];
      more?: number;
    }
  | { kind: 'items'; people: number; items: number };

export interface Now {
  activity: string;
  title?: Text;
  prompt?: Text;
  generation: number;
  phase: Phase;
  round: number;
  deadline_ms?: number;
  collect?: Collect;
  ballot?: BallotForm;
  deal?: { rounds?: number; deck?: 'phones' | 'paper' };
  rounds?: number;
  tables?: Table[];
  items?: Item[];
  shuffle_items?: boolean;
  label: 'anonymous' | 'linked' | 'named';
  linked_with?: string[];
  turnout: Turnout;
  told?: number; // the result is read out from the last rank up: so far down to this one
  result?: Result;
  by_group?: ByGroup;
}

// The result by the groups that people have told; a row without `group`: those who told none.
export interface ByGroup {
  index: number;
  rows?: { group?: string; title?: Text; people: number; totals: GroupTotals }[];
  hidden?: { group?: string; title?: Text }[];
}

// As in a result.recorded event: ids without titles.
export interface GroupTotals {
  kind: string;
  people: number;
  mean?: string;
  median?: string;
  counts?: number[];
  options?: { id: string; count: number }[];
  items?: { id: string; rank: number; dots?: number; votes?: number; points?: number; mean?: string }[] | number;
  words?: { word?: string; count: number; item: string }[];
}

export interface Privacy { controller: string; contact: string; retention_days: number }

// What people are told before they join, in each language of the pages, and its version.
export interface Notice {
  version: string;
  notices: { language: string; title: string; sections: { title: string; lines: string[] }[] }[];
}

export interface Room {
  title?: Text;
  languages: string[];
  code?: string;
  doors: 'open' | 'locked';
  joined: number;
  expected: number;
  blank?: boolean;
  groups?: { id: string; title?: Text }[];
  privacy?: Privacy;
}

export interface Stage {
  room: Room;
  run: { activity: string; title?: Text; phase: Phase; skipped?: boolean }[];
  now?: Now;
}

export interface Contribution {
  id: string;
  text?: string;
  fields?: Record<string, string>;
  number?: number;
  table?: number;
  state?: 'pending' | 'hidden' | 'withdrawn' | 'erased';
}

export interface OwnCard {
  id?: string;
  round: number;
  text?: string;
  number?: number;
  score?: number;
  seq?: number;
}

export interface Person {
  activity?: string;
  generation?: number;
  ballot?: { seq: number; index: number; ballot: Ballot };
  upvotes?: { item: string; up: boolean; seq: number }[];
  table?: { here: boolean; now?: number; next?: number; hosts?: number };
  contributions?: Contribution[];
  deck?: {
    present: boolean;
    holding: boolean;
    pass_seq: number;
    to_score?: OwnCard;
    scored?: OwnCard;
  };
}

export interface ConsoleActivity {
  activity: string;
  title?: Text;
  generation: number;
  phase: Phase;
  round?: number;
  rounds?: number;
  deadline_ms?: number;
  skipped?: boolean;
  kind: 'scale' | 'choice' | 'dots' | 'upvote' | 'rank' | 'ratings' | 'deck' | 'tables' | 'words' | 'items';
  turnout: Turnout;
  late: number;
  next: { to: Phase }[];
  waiting?: number;
  items?: Item[];
  tables?: Table[];
  deck?: { cards: number; present: number; short: number; makeup_possible: boolean };
  told?: number;
  result?: Result;
  by_group?: ByGroup;
  result_status?: 'due' | 'confirmed' | 'disputed';
}

export interface Console {
  room: Omit<Room, 'groups' | 'privacy'> & { epoch: number; control?: string; control_role?: string; control_name?: string };
  links?: { token: string; role: string; name?: string; revoked?: boolean }[];
  told?: { id: string; text?: string; heard: boolean }[];
  current?: string;
  activities: ConsoleActivity[];
}

export interface Command {
  id: string;
  type: string;
  activity?: string;
  generation?: number;
  again?: number;
  [member: string]: unknown;
}

// What became of a command: an outcome, or an error that was not put off.
export interface Answer {
  id: string;
  outcome: string;
  index?: number;
  ref?: number;
  code?: string;
  reason?: string;
  text?: string;
  warning?: string; // taken as it is, but look at it again
  result?: Result | string;
}

export interface CopyState { connected: number; behind: number; behind_ms: number }
