// Says what this screen is, and does what the console tells it.
import { computed, effect, signal } from '@preact/signals';
import type { Connection, Message } from '../core/connection';
import { isLanguage, type Language, language, speak, speakBeside } from '../core/language';
import type { Screen, ScreenOrder, Settings } from '../core/screens';
import { change, framed, screen } from './identity';
import { allow, play, ready } from './sound';
import { hold, live, show } from './stages';

const IDENTIFY_MS = 8000;
export const identified = signal(0); // until when the name fills the screen
const preferred = language.value;

// The languages that are shown: as ordered, otherwise the room's, the browser's own first.
const tags = computed(() => {
  const room = live.value?.room.languages || [];
  const ordered = screen.value.languages.filter((tag) => room.includes(tag));
  const own = [...room].sort((a, b) => Number(b === preferred) - Number(a === preferred));
  return (ordered.length ? ordered : own.slice(0, 2)).join(' '); // a string, so that a view that changes none changes nothing
});
export const languagesShown = (): string[] => tags.value.split(' ').filter(Boolean);
const opened = computed(() => !!live.value);

// What the server and the console are told. Absent is "no".
function said(): Screen {
  const { screen: id, name, mode, activity, held, sound } = screen.value;
  return {
    screen: id,
    name,
    mode,
    ...(mode === 'pinned' && activity && { activity }),
    ...(held && { held }),
    ...(sound && { sound }),
    ...(ready.value && { sound_ready: true }),
    languages: languagesShown(),
  };
}

let lastSaid = '';
let lastWatched = '';

export function report(connection: Connection, afresh = false) {
  const me = said();
  const watched = me.activity || '';
  if (watched !== lastWatched || (afresh && watched)) {
    if (connection.tell({ type: 'watch', ...(watched && { activity: watched }) })) lastWatched = watched;
  }
  const words = JSON.stringify(me);
  if (framed || !opened.value || (words === lastSaid && !afresh)) return;
  if (connection.tell({ type: 'screen.here', screen: me })) lastSaid = words;
}

export function obey(message: Message) {
  if (message.type !== 'screen.order' || framed) return;
  const { identify, set, play: sound } = message.order as ScreenOrder;
  if (identify) identified.value = Date.now() + IDENTIFY_MS;
  if (set) assign(set);
  if (sound && screen.value.sound) play(sound);
}

function assign(set: Settings) {
  const held = screen.value.held;
  change(set);
  if (set.held !== undefined && !!set.held !== !!held) hold(!!set.held);
  show();
}

// Keeps the languages on the page, the sounds and what is said of this screen as they are to be.
export function follow(connection: Connection) {
  let first = '';
  let other: string | undefined;
  effect(() => {
    const [main = preferred, second] = languagesShown().filter(isLanguage) as Language[];
    if (main !== first) speak((first = main));
    if (second !== other) speakBeside((other = second) as Language | undefined);
  });
  effect(() => {
    if (screen.value.sound) allow();
  });
  effect(() => {
    void [screen.value, ready.value, tags.value, opened.value];
    report(connection);
  });
}
