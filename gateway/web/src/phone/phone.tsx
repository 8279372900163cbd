// The phone's page: comes into the room, then shows one screen for what the room is doing now.
import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { CLOSE } from '../core/connection';
import { earlyStage } from '../core/early';
import { codeFromPath, tableFromPath, takeFragment } from '../core/keep';
import { language, pick, speak } from '../core/language';
import type { Notice, Now } from '../core/types';
import { Voice } from '../core/voice';
import { P } from '../words/phone';
import { S } from '../words/shared';
import { Announcer } from './announcer';
import { clock } from './clock';
import { askNotice, enter, isKnown, keepLinkToken, lastCode, rememberCode, type Wish } from './join';
import { badgeWords, GroupScreen, type Joining, JoinScreen, NoticeScreen } from './joining';
import { fetchMore, LaterScreen, more, RETRY_MS } from './later';
import { BigButton } from './parts';
import { poster } from './poster';
import { QuietScreen, WaitingScreen } from './quiet';
import { forget, Store } from './store';
import { isPlain, VoteScreen } from './vote';
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
const AFTER_MS = 1000; // the first screen's own messages go first
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
const voice = new Voice(document.getElementById('voice') as HTMLElement, (n) => S().secondsLeft(n));

function show(next: Store | null) {
  store.value?.connection.stop();
  store.value = next;
  if (next) new Announcer(next, voice);
}

async function open(code: string, wish: Wish = {}) {
  const { personal, read, code: before } = joining.value;
  const asked = { notice: before === code ? read : '', personal, ...wish };
  joining.value = { ...joining.value, code, text: '', busy: true };
  let coming = enter(code, asked);
  // Who has read the notice may look at what is on, and answer, while the server lets them in.
  const ahead = asked.notice && !isKnown(code) && earlyStage(code) ? new Store(code) : null;
  if (ahead) {
    notice.value = null;
    show(ahead);
    while ((await coming).away) {
      await pause(RETRY_MS);
      coming = enter(code, asked);
    }
  }
  const { text = '', badge, notice: told = null, token } = await coming;
  joining.value = { code, text, badge, personal, busy: false, read: asked.notice };
  notice.value = told;
  if (!token) {
    if (ahead) forget(code);
    return show(null);
  }
  joining.value = { code, text, busy: false };
  if (!sign && codeFromPath() !== code) history.replaceState(null, '', `/r/${code}${location.search}`);
  const opened = ahead || new Store(code);
  if (asked.notice) opened.setKept('read', true);
  if (!ahead) show(opened);
  opened.enter(token);
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
  // What came with the page is enough for a simple question; else the person's own view comes first.
  if (!stage || (room.early && stage.now && !isPlain(stage.now))) return <QuietScreen name="connecting-screen" title={P().comingIn} />;
  const { groups } = stage.room;
  if (groups?.length && room.keep('group') === undefined) return <GroupScreen store={room} onDone={() => {}} />;
  const Day = more.value?.DayScreen || LaterScreen;
  return (
    <>
      <header class="top">
        <p>{pick(stage.room.title)}</p>
        <button type="button" aria-pressed={dayOpen.value ? 'true' : 'false'} onClick={() => (dayOpen.value = !dayOpen.value)}>
          {P().myDay}
        </button>
      </header>
      {dayOpen.value ? (
        <Day store={room} onBack={() => (dayOpen.value = false)} onLeave={leave} />
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
  const { MoreScreen = LaterScreen, LiveResult } = more.value || {};
  if (!isPlain(now)) return <MoreScreen store={room} sign={sign} />;
  return <VoteScreen store={room} live={LiveResult && <LiveResult store={room} />} />;
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
setTimeout(fetchMore, AFTER_MS);
