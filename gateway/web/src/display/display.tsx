// The big screen: shows the stage, and nothing that can be pressed. When cut off it holds its last
// frame with a small mark, never an error page.
import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { Connection } from '../core/connection';
import { codeFromPath, tab, tokenFromLink } from '../core/keep';
import { language, pick, roomLanguages, speak } from '../core/language';
import { Outbox } from '../core/outbox';
import type { Stage } from '../core/types';
import { Voice } from '../core/voice';
import { D } from '../words/display';
import { S } from '../words/shared';
import { revealLength } from './result';
import { StageScreen, type Time } from './screens';
import 'theme.css';
import '../base.css';
import '../charts/charts.css';
import './display.css';
import './asked.css';

const PATIENCE_MS = 3000; // a connection may be away for so long before the mark says so
const LIVE_MS = 500; // rows move at most twice a second
const CHECKPOINT_MS = 20000;

const code = codeFromPath();
const token = tokenFromLink(tab, `plenum.display.${code}`) || '';
const stage = signal<Stage | null>(null);
const tick = signal(0);
let newest: Stage | null = null;
let shownAt = 0;
let roomId = '';
// When the result on stage began to be shown; nothing is counted down for who comes in later.
let reveal = { of: '', at: 0 };
let timer = { of: '', whole: 0 };

const connection = new Connection({
  token,
  outbox: new Outbox(null, ''),
  servers: { storage: tab, name: `plenum.display-server.${code}` },
  events: {
    link: () => tick.value++,
    later: () => {},
    answer: () => {},
    welcome: (message) => (roomId = message.room),
    view: (topic, data) => {
      if (topic === 'stage') take(data as Stage);
    },
  },
});

const phaseOf = ({ now }: Stage) => (now ? [now.activity, now.generation, now.phase, now.round].join('/') : '');

// A new phase is shown at once; what moves within one, at most twice a second.
function take(next: Stage) {
  const before = stage.value;
  newest = next;
  if (before && phaseOf(before) === phaseOf(next)) {
    setTimeout(show, Math.max(0, shownAt + LIVE_MS - Date.now()));
    return;
  }
  const revealed = next.now?.phase === 'revealed' && next.now.result;
  if (revealed) reveal = { of: phaseOf(next), at: before ? Date.now() : 0 };
  show();
  askCheckpoint();
}

function show() {
  if (!newest || newest === stage.value) return;
  roomLanguages.value = newest.room.languages || [];
  stage.value = newest;
  shownAt = Date.now();
}

function timeOf(now: Stage['now']): Time {
  if (!now?.deadline_ms) return { left: null, whole: 0 };
  const left = Math.max(0, now.deadline_ms - connection.now());
  const of = [now.activity, now.phase, now.round].join('/');
  timer = timer.of === of ? { of, whole: Math.max(timer.whole, left) } : { of, whole: left };
  return { left, whole: timer.whole };
}

// --- the checkpoint: what the room's log is, as a short fingerprint ---

const checkpoint = signal('');
async function askCheckpoint() {
  if (!roomId) return;
  try {
    const headers = { Authorization: `Bearer ${token}` };
    const answer = await fetch(`/api/v1/rooms/${roomId}/state`, { headers });
    if (!answer.ok) return;
    const { index, root } = await answer.json();
    checkpoint.value = D().checkpoint(index, root.slice(0, 8).replace(/(.{4})/, '$1 '));
  } catch {
    /* no connection: the last one stays */
  }
}
setInterval(askCheckpoint, CHECKPOINT_MS);

// --- the page ---

function Page() {
  void tick.value;
  const { link } = connection;
  const shown = stage.value;
  if (!token) return <Plain text={D().openLink} />;
  if (link.state === 'ended') return <Plain text={link.text || D().ended} />;
  if (!shown) return <Plain text={D().opening} />;
  const away = connection.awayMs() > PATIENCE_MS;
  const revealing = reveal.of === phaseOf(shown) && reveal.at > 0;
  const elapsed = revealing && !stillness() ? Date.now() - reveal.at : Infinity;
  return (
    <>
      {shown.room.blank ? (
        <div class="frame blank night">
          <p>{D().resting}</p>
        </div>
      ) : (
        <StageScreen stage={shown} time={timeOf(shown.now)} elapsed={elapsed} />
      )}
      <p class="checkpoint">{!shown.room.blank && checkpoint.value}</p>
      {away && <p class="holding">{D().holding}</p>}
    </>
  );
}

const stillness = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

const Plain = ({ text }: { text: string }) => (
  <div class="frame blank night">
    <h1 class="long">{text}</h1>
  </div>
);

// The clock moves only what has a clock in it.
setInterval(() => {
  const now = stage.value?.now;
  const counting = now?.result && Date.now() - reveal.at < revealLength(now.result) + LIVE_MS;
  if (now?.deadline_ms || counting || connection.awayMs() > 0) tick.value++;
  voice.time(now ? timeOf(now).left : null);
}, 250);

const voice = new Voice(document.getElementById('voice') as HTMLElement, (n) => S().secondsLeft(n));

speak().then(() => {
  effect(() => {
    document.title = pick(stage.value?.room.title) || THEME_NAME;
    document.documentElement.lang = language.value;
  });
  render(<Page />, document.getElementById('app') as HTMLElement);
  if (token) connection.start();
});
