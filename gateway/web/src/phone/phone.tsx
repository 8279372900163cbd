// The phone's page: comes into the room, then shows one screen for what the room is doing now.
import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { CLOSE } from '../core/connection';
import { codeFromPath, tab, tableFromPath, tokenFromLink } from '../core/keep';
import { language, pick, speak } from '../core/language';
import type { Notice, Now } from '../core/types';
import { Voice } from '../core/voice';
import { P } from '../words/phone';
import { S } from '../words/shared';
import { Announcer } from './announcer';
import { clock } from './clock';
import { DayScreen, GroupScreen } from './day';
import { DeckScreen } from './deck';
import { enter, keepLinkToken, lastCode } from './join';
import { type Joining, JoinScreen, NoticeScreen, PrivacyScreen } from './joining';
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

const joining = signal<Joining>({ code: codeFromPath(), text: '', busy: false });
const store = signal<Store | null>(null);
const notice = signal<Notice | null>(null); // told before anything is joined
const dayOpen = signal(false);
const sign = tableFromPath();
const voice = new Voice(document.getElementById('voice') as HTMLElement, (n) => S().secondsLeft(n));

async function open(code: string, options: { again?: boolean; notice?: string } = {}) {
  joining.value = { code, text: '', busy: true };
  const result = await enter(code, options);
  joining.value = { code, text: result.text || '', busy: false };
  notice.value = result.notice || null;
  store.value?.connection.stop();
  store.value = null;
  if (!result.token) return;
  if (!sign && codeFromPath() !== code) history.replaceState(null, '', `/r/${code}${location.search}`);
  const opened = new Store(code, result.token);
  if (options.notice) opened.setKept('read', true);
  new Announcer(opened, voice);
  store.value = opened;
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
    return <NoticeScreen notice={notice.value} onRead={() => open(code, { notice: version })} />;
  }
  if (!room) {
    return (
      <JoinScreen
        joining={joining.value}
        onCode={(code) => (joining.value = { ...joining.value, code, text: '' })}
        onEnter={open}
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
  const { privacy, groups } = stage.room;
  if (privacy && !room.keep('read')) {
    return <PrivacyScreen privacy={privacy} onRead={() => room.setKept('read', true)} />;
  }
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
  if (phase === 'revealed' || phase === 'sealed') return <ResultScreen store={room} />;
  if (now.deal) return <DeckScreen store={room} />;
  if (isAtTables(now)) return <TablesScreen store={room} sign={sign} />;
  const writes = now.collect && (phase === 'collecting' || (phase === 'closing' && !now.ballot));
  if (writes && now.ballot?.kind !== 'upvote') {
    if (now.collect?.who === 'everyone') return <WriteScreen store={room} />;
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
      text={moved ? P().elsewhereText : text || P().outText}
      foot={
        <BigButton onClick={() => open(room.code, { again: !moved })}>
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
  return room.stage.value?.room.blank ? <p class="strip calm">{P().blanked}</p> : null;
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
  const linked = tokenFromLink(tab, 'plenum.link');
  const first = joining.value.code || (sign ? lastCode() : '');
  if (linked && first) {
    tab.remove('plenum.link');
    keepLinkToken(first, linked);
  }
  if (first) open(first);
  render(<Strip />, document.getElementById('strip') as HTMLElement);
  render(<Page />, document.getElementById('app') as HTMLElement);
}

speak().then(start);
