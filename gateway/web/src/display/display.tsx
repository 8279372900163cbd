// The big screen: shows the stage, or what it is told to show. When cut off it holds its last frame
// with a small mark, never an error page; its clock and its bells run on.
import { computed, effect, signal } from '@preact/signals';
import { render } from 'preact';
import { Connection } from '../core/connection';
import { codeFromPath, tab, tokenFromLink } from '../core/keep';
import { language, pick, speak } from '../core/language';
import { Outbox } from '../core/outbox';
import { Voice } from '../core/voice';
import { D } from '../words/display';
import { S } from '../words/shared';
import { Bells } from './bells';
import { framed, screen, takePlace } from './identity';
import { MonitorScreen } from './monitor';
import { follow, identified, obey, report } from './orders';
import { Overlays } from './overlays';
import { Said } from './parts';
import { StageScreen } from './screens';
import { play } from './sound';
import { blank, clockOf, here, hold, live, phaseOf, setClock, shown, take, tick, timeOf } from './stages';
import 'theme.css';
import '../base.css';
import '../charts/charts.css';
import './display.css';
import './asked.css';
import './leaders.css';
import './monitor.css';

const PATIENCE_MS = 3000; // a connection may be away for so long before the mark says so
const CHECKPOINT_MS = 20000;

const code = codeFromPath();
const token = tokenFromLink(tab, `plenum.display.${code}`) || '';
const linked = signal(0); // counts how often the connection has changed
let roomId = '';

const connection = new Connection({
  token,
  outbox: new Outbox(null, ''),
  servers: { storage: tab, name: `plenum.display-server.${code}` },
  events: {
    link: () => {
      linked.value++;
      if (connection.link.state === 'open') report(connection, true);
    },
    later: () => {},
    answer: () => {},
    welcome: (message) => (roomId = message.room),
    view: take,
    other: obey,
  },
});
setClock(() => connection.now());

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

// --- the page ---

function Page() {
  void linked.value;
  const { link } = connection;
  if (!token) return <Plain text={D().openLink} />;
  if (link.state === 'ended') return <Plain text={link.text || D().ended} />;
  if (!here.value) return <Plain text={D().opening} />;
  return (
    <>
      <Shown />
      <Away />
      <Overlays />
    </>
  );
}

function Away() {
  void [tick.value, linked.value];
  return connection.awayMs() > PATIENCE_MS ? <p class="holding">{D().holding}</p> : null;
}

function Shown() {
  if (screen.value.mode === 'monitor') return <Monitor />;
  if (blank.value) return <Black />;
  const frame = shown.value;
  if (!frame) return null;
  return (
    <>
      <StageScreen stage={frame.stage} time={clockOf(frame.stage.now, frame.at)} />
      <Checkpoint />
    </>
  );
}

const Checkpoint = () => <p class="checkpoint">{checkpoint.value}</p>;

function Monitor() {
  void tick.value;
  const stage = live.value;
  return stage && <MonitorScreen stage={stage} time={timeOf(stage.now)} clock={connection.now()} />;
}

const Black = () => (
  <div class="frame blank black">
    <Said say={() => D().resting} />
  </div>
);

const Plain = ({ text }: { text: string }) => (
  <div class="frame blank night">
    <h1 class="long">{text}</h1>
  </div>
);

// The clock moves only what has a clock in it.
const bells = new Bells();
function moment() {
  const now = live.value?.now;
  const { left } = timeOf(now);
  const clocked = now?.deadline_ms || screen.value.mode === 'monitor' || identified.value;
  if (clocked || connection.awayMs() > 0) tick.value++;
  voice.time(left);
  const heard = bells.hear(now && { of: [now.activity, now.generation, now.round].join('/'), phase: now.phase, left });
  if (heard && screen.value.sound) play(heard);
  if (identified.value && identified.value < Date.now()) identified.value = 0;
}

const voice = new Voice(document.getElementById('voice') as HTMLElement, (n) => S().secondsLeft(n));

const title = computed(() => pick(live.value?.room.title) || THEME_NAME);

async function begin() {
  await Promise.all([speak(), takePlace(code)]);
  if (screen.value.held) hold(true);
  effect(() => {
    document.title = title.value;
    document.documentElement.lang = language.value;
    document.body.classList.toggle('framed', framed);
  });
  let phase = '';
  effect(() => {
    const next = live.value ? phaseOf(live.value) : '';
    if (next !== phase) askCheckpoint();
    phase = next;
  });
  render(<Page />, document.getElementById('app') as HTMLElement);
  follow(connection);
  if (token) connection.start();
  setInterval(moment, 250);
  setInterval(askCheckpoint, CHECKPOINT_MS);
}

begin();
