// The phone's page: comes into the room, then shows one screen for what the room is doing now.
import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { CLOSE } from '../core/connection';
import { codeFromPath, tableFromPath, takeFragment } from '../core/keep';
import { language, pick, speak } from '../core/language';
import type { Notice, Now } from '../core/types';
import { Voice } from '../core/voice';
import { P } from '../words/phone';
import { S } from '../words/shared';
import { Announcer } from './announcer';
import { clock } from './clock';
import { DayScreen, GroupScreen } from './day';
import { DeckScreen } from './deck';
import { askNotice, enter, keepLinkToken, lastCode, rememberCode, type Wish } from './join';
import { badgeWords, type Joining, JoinScreen, NoticeScreen } from './joining';
import { poster } from './items';
import { BigButton } from './parts';
import { ClosedScreen, LiveResult, QuietScreen, ResultScreen, WaitingScreen } from './quiet';
import { forget, Store } from './store';
import { isAtTables, TablesScreen } from './tables';
import { VoteScreen } from './vote';
import { WriteScreen } from './write';
import 'theme.css';
import '../base.css';
import '../charts/charts.css';
import './phone.css';
import './ballots.css';
import './methods.css';

const joining = signal<Joining>({ code: '', text: '', busy: false });
const store = signal<Store | null>(null);
const notice = signal<Notice | null>(null); // told before anything is joined
const dayOpen = signal(false);
const sign = tableFromPath();
const voice = new Voice(document.getElementById('voice') as HTMLElement, (n) => S().secondsLeft(n));

async function open(code: string, wish: Wish = {}) {
  const { personal, read, code: before } = joining.value;
  const asked = { notice: before === code ? read : '', personal, ...wish };
  joining.value = { ...joining.value, code, text: '', busy: true };
  const { text = '', badge, notice: told = null, token } = await enter(code, asked);
  joining.value = { code, text, badge, personal, busy: false, read: asked.notice };
  notice.value = told;
  store.value?.connection.stop();
  store.value = null;
  if (!token) return;
  joining.value = { code, text, busy: false };
  if (!sign && codeFromPath() !== code) history.replaceState(null, '', `/r/${code}${location.search}`);
  const opened = new Store(code, token);
  if (asked.notice) opened.setKept('read', true);
  new Announcer(opened, voice);
  store.value = opened;
  // Who came by a link has joined already, and reads it now.
  if (!opened.keep('read')) notice.value = (await askNotice(code)).notice || null;
}

function leave() {
  const code = store.value?.code || '';
  store.value?.connection.stop();
  forget(code);
  dayOpen.value = false;
  store.value = null;
  joining.value = { code: '', text: '', busy: false };
  history.replaceState(null, '', '/');
}

// --- which screen ---

function Page() {
  const room = store.value;
  if (notice.value) {
    const { code } = joining.value;
    const { version } = notice.value;
    const read = () => {
      if (!room) return open(code, { notice: version });
      notice.value = null;
      return room.setKept('read', true);
    };
    return <NoticeScreen notice={notice.value} onRead={read} />;
  }
  if (!room) {
    return (
      <JoinScreen
        joining={joining.value}
        onChange={(change) => (joining.value = { ...joining.value, ...change, text: '' })}
        onEnter={(code) => open(code)}
      />
    );
  }
  return <RoomPage store={room} />;
}

function RoomPage({ store: room }: { store: Store }) {
  const stage = room.stage.value;
  room.waiting(); // draws again when what was said changes
  if (room.connection.link.state === 'ended') return <EndedScreen store={room} />;
  if (!stage) return <QuietScreen name="connecting-screen" title={P().comingIn} />;
  const { groups } = stage.room;
  if (groups?.length && room.keep('group') === undefined) return <GroupScreen store={room} onDone={() => {}} />;
  return (
    <>
      <header class="top">
        <p>{pick(stage.room.title)}</p>
        <button type="button" aria-pressed={dayOpen.value ? 'true' : 'false'} onClick={() => (dayOpen.value = !dayOpen.value)}>
          {P().myDay}
        </button>
      </header>
      {dayOpen.value ? (
        <DayScreen store={room} onBack={() => (dayOpen.value = false)} onLeave={leave} />
      ) : (
        <NowScreen store={room} />
      )}
    </>
  );
}

function NowScreen({ store: room }: { store: Store }) {
  const { now } = room;
  if (!now || now.phase === 'waiting') return <WaitingScreen store={room} />;
  // What belongs to one activity begins anew with the next.
  return <ActivityScreen key={`${now.activity}/${now.generation}`} store={room} now={now} />;
}

function ActivityScreen({ store: room, now }: { store: Store; now: Now }) {
  const { phase } = now;
  if (phase === 'closed') return <ClosedScreen store={room} />;
  if (phase === 'revealed' || phase === 'sealed') return <ResultScreen store={room} now={now} />;
  if (now.deal) return <DeckScreen store={room} />;
  if (isAtTables(now)) return <TablesScreen store={room} sign={sign} />;
  const writes = now.collect && (phase === 'collecting' || (phase === 'closing' && !now.ballot));
  if (writes && now.ballot?.kind !== 'upvote') {
    if (now.collect?.who === 'everyone') return <WriteScreen store={room} live={<LiveResult store={room} />} />;
    const text = now.collect?.who === 'staff' ? P().staffWrite : P().tablesWrite;
    return <QuietScreen name="listen-screen" title={pick(now.title)} text={text} />;
  }
  return <VoteScreen store={room} live={<LiveResult store={room} />} />;
}

function EndedScreen({ store: room }: { store: Store }) {
  const { code, text } = room.connection.link;
  const moved = code === CLOSE.moved;
  return (
    <QuietScreen
      name="ended-screen"
      title={moved ? P().elsewhereTitle : P().outTitle}
      text={moved ? P().elsewhereText : (language.value === 'en' && text) || P().outText}
      foot={
        <BigButton onClick={() => open(room.code, { again: true })}>
          {moved ? P().useHere : P().joinAgain}
        </BigButton>
      }
    />
  );
}

// A thin strip, only when something is wrong; and when the big screen rests, that it does.
function Strip() {
  void clock.value;
  const room = store.value;
  if (!room) return null;
  const words = room.offlineWords();
  if (words) return <p class="strip">{words}</p>;
  const { now } = room;
  const later = poster.value && (now?.activity !== poster.value.activity || now.phase !== 'voting');
  const calm = later ? P().posterLater((poster.value as { number: number }).number) : room.stage.value?.room.blank && P().blanked;
  return calm ? <p class="strip calm">{calm}</p> : null;
}

// What the printed codes say: a badge, a table's sign, a poster of the gallery; or a link's token.
function scanned() {
  const found = takeFragment();
  const room = found.get('r');
  if (room) rememberCode(room);
  const code = codeFromPath() || joining.value.code || room || (sign ? lastCode() : '');
  const token = found.get('t');
  const personal = badgeWords(found.get('b') || '');
  const number = Number(found.get('n'));
  if (number) poster.value = { activity: found.get('a') || '', number };
  if (token && code) keepLinkToken(code, token);
  joining.value = { code, text: '', busy: false, personal };
  if (code && (personal || !store.value)) open(code);
}

function start() {
  effect(() => {
    const title = pick(store.value?.stage.value?.room.title);
    document.title = title ? `${title} – ${THEME_NAME}` : THEME_NAME;
    document.documentElement.lang = language.value;
  });
  effect(() => {
    void clock.value;
    voice.time(store.value ? store.value.timeLeft() : null);
  });
  scanned();
  window.addEventListener('hashchange', () => location.hash && scanned());
  render(<Strip />, document.getElementById('strip') as HTMLElement);
  const app = document.getElementById('app') as HTMLElement;
  app.textContent = ''; // the way to /basic, for browsers that do not get here
  render(<Page />, app);
}

speak().then(start);
