// A day with every method once, in two languages, for the tests of the pages.

const both = (en, cy) => ({ en, cy });
const time = { grace_ms: 200 };
const scale = {
  kind: 'scale',
  low: 1,
  high: 5,
  low_label: both('not at all', 'dim o gwbl'),
  high_label: both('very', 'yn fawr iawn'),
};
const POSTERS = [
  both('A named neighbour for people who live alone', 'Cymydog i bobl sy’n byw ar eu pen eu hunain'),
  both('One front door to support', 'Un drws ffrynt at gymorth'),
  both('Teams that follow the person across every boundary that there is', 'Timau sy’n dilyn y person'),
  both('Digital buddies in every library', 'Cyfeillion digidol ym mhob llyfrgell'),
];
const posters = POSTERS.map((title, i) => ({ id: `p${i + 1}`, number: i + 1, title }));
const option = (id, en, cy, picture) => ({ id, title: both(en, cy), ...(picture && { picture }) });

export const SHEET = {
  title: both('A morning together', 'Bore gyda’n gilydd'),
  languages: ['en', 'cy'],
  expected_people: 8,
  groups: [
    { id: 'council', title: both('A council', 'Cyngor') },
    { id: 'charity', title: both('A charity', 'Elusen') },
  ],
  privacy: { controller: 'The town’s library', contact: 'privacy@library.example', retention_days: 90 },
  activities: [
    {
      id: 'before',
      title: both('Confidence, at the start', 'Hyder, ar y dechrau'),
      prompt: both(
        'How confident are you in our ability to learn together?',
        'Pa mor hyderus ydych chi yn ein gallu i ddysgu gyda’n gilydd?',
      ),
      ballot: scale,
      series: 'confidence',
      time: { ...time, vote_ms: 300000 },
    },
    {
      id: 'areas',
      title: both('Where do you come from?', 'O ble rydych chi’n dod?'),
      ballot: {
        kind: 'choice',
        name_unchosen: true,
        options: [
          option('north', 'The north', 'Y gogledd'),
          option('east', 'The east', 'Y dwyrain'),
          option('south', 'The south', 'Y de'),
          option('west', 'The west', 'Y gorllewin'),
        ],
      },
      shuffle_items: false,
      reveal: 'live',
      time,
    },
    {
      id: 'pictures',
      title: both('Two pictures', 'Dau lun'),
      prompt: both(
        'Choose two pictures: one for your experience, one for your hope.',
        'Dewiswch ddau lun: un am eich profiad, un am eich gobaith.',
      ),
      ballot: {
        kind: 'choice',
        min: 1,
        max: 2,
        options: [
          option('bridge', 'A bridge', 'Pont', 'bridge'),
          option('storm', 'A storm', 'Storm', 'storm'),
          option('seed', 'A seed', 'Hedyn', 'seed'),
          option('door', 'A door', 'Drws', 'door'),
          option('knot', 'A knot', 'Cwlwm', 'knot'),
          option('lighthouse', 'A lighthouse', 'Goleudy', 'lighthouse'),
        ],
      },
      series: 'me',
      time,
    },
    {
      id: 'words',
      title: both('In a few words', 'Mewn ychydig eiriau'),
      prompt: both('What do you hope for today?', 'Beth ydych chi’n ei obeithio heddiw?'),
      collect: { who: 'everyone', each: 3, max_graphemes: 60, words: 3 },
      reveal: 'live',
      time,
    },
    {
      id: 'questions',
      title: both('Questions to the panel', 'Cwestiynau i’r panel'),
      collect: { who: 'everyone', each: 3, max_graphemes: 280, moderation: 'approve-first' },
      ballot: { kind: 'upvote' },
      reveal: 'live',
      shuffle_items: false,
      time,
    },
    {
      id: 'ideas',
      title: both('25/10', '25/10'),
      prompt: both('What if you were ten times bolder?', 'Beth pe baech ddeg gwaith yn fwy beiddgar?'),
      collect: { who: 'everyone', each: 1, max_graphemes: 300 },
      ballot: scale,
      deal: { rounds: 5, deck: 'phones' },
      time,
    },
    {
      id: 'interest',
      title: both('Your first three', 'Eich tri cyntaf'),
      prompt: both('Which three should we talk about?', 'Pa dri ddylem ni eu trafod?'),
      ballot: { kind: 'rank', top: 3 },
      items: posters,
      time,
    },
    {
      id: 'cafe',
      title: both('World café', 'Caffi’r byd'),
      prompt: both('What would it take?', 'Beth fyddai ei angen?'),
      collect: {
        who: 'table-hosts',
        each: 3,
        fields: [
          { id: 'point', title: both('A key point', 'Pwynt allweddol'), max_graphemes: 200 },
          { id: 'who', title: both('Who', 'Pwy'), max_graphemes: 60, required: false, names_person: true },
        ],
      },
      seats: { rounds: 3, capacity: 4, tables: 4, planned: true },
      items: posters,
      time: { ...time, seat_ms: 720000 },
    },
    {
      id: 'ratings',
      title: both('How much would it help?', 'Faint fyddai’n helpu?'),
      ballot: scale,
      items: posters,
      time,
    },
    {
      id: 'gallery',
      title: both('Gallery', 'Oriel'),
      prompt: both('Where should the energy go?', 'I ble ddylai’r egni fynd?'),
      ballot: { kind: 'dots', budget: 5, cap: 4 },
      items: posters,
      shuffle_items: false,
      time,
    },
    {
      id: 'points',
      title: both('A hundred points', 'Cant o bwyntiau'),
      ballot: { kind: 'dots', budget: 100, cap: 100 },
      items: posters,
      time,
    },
    {
      id: 'commitments',
      title: both('What I will do', 'Beth fyddaf i’n ei wneud'),
      collect: { who: 'everyone', each: 2, moderation: 'hide-after', picture_of: 'pictures' },
      series: 'me',
      time,
    },
    {
      id: 'review',
      title: both('Looking back', 'Edrych yn ôl'),
      collect: {
        who: 'everyone',
        each: 1,
        fields: [
          { id: 'well', title: both('What went well', 'Beth aeth yn dda'), max_graphemes: 200 },
          { id: 'better', title: both('Even better if', 'Gwell fyth pe bai'), max_graphemes: 200, required: false },
        ],
      },
      time,
    },
    {
      id: 'after',
      title: both('Confidence, at the end', 'Hyder, ar y diwedd'),
      prompt: both(
        'And now: how confident are you in our ability to learn together?',
        'A nawr: pa mor hyderus ydych chi yn ein gallu i ddysgu gyda’n gilydd?',
      ),
      ballot: scale,
      series: 'confidence',
      time,
    },
  ],
};
