// The page of those who run the day: the run sheet, what is on now, and beside it what people wrote,
// the room, its screens, the record, paper ballots, and what was done.
import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { LANGUAGES, language, OWN_NAMES, pick, speak } from '../core/language';
import type { Console } from '../core/types';
import { Voice } from '../core/voice';
import { F } from '../words/presenter';
import { S } from '../words/shared';
import { complain, connection, deeds, freshDeed, heard, issue, may, remote, role, selected, stage, takeBack, tick, token, tokenId, trouble, view } from './desk';
import { ItemsPanel } from './items';
import { NowPanel } from './now';
import { PaperPanel } from './paper';
import { Small } from './parts';
import { PreparePanels } from './prepare';
import { RecordPanels } from './record';
import { Remote } from './remote';
import { HistoryPanel, RoomPanels } from './room';
import { RunSheet } from './run_sheet';
import { ScreensPanel } from './screens';
import { titleOf } from './steps';
import { skipEmptyPlaces } from './telling';
import 'theme.css';
import '../base.css';
import '../controls.css';
import '../charts/charts.css';
import './presenter.css';
import './beside.css';
import './panels.css';

const PATIENCE_MS = 2500;
const tab = signal('');

function Page() {
  void tick.value;
  const { link } = connection;
  if (!token) return <Plain text={F().openLink} />;
  if (link.state === 'ended') return <Plain text={link.text || F().ended} />;
  if (role.value === 'keyer') return <KeyerDesk />;
  if (!view.value) return <Plain text={F().opening} />;
  return remote && may('run') ? <Remote console={view.value} /> : <Desk console={view.value} />;
}

const Plain = ({ text }: { text: string }) => (
  <main class="plain">
    <h1>{THEME_NAME}</h1>
    <p>{text}</p>
  </main>
);

function Languages() {
  return (
    <div class="languages" role="group">
      {LANGUAGES.map((tag) => (
        <button type="button" lang={tag} key={tag} aria-pressed={language.value === tag ? 'true' : 'false'} onClick={() => speak(tag, true)}>
          {OWN_NAMES[tag]}
        </button>
      ))}
    </div>
  );
}

function Head({ title, view: shown }: { title: string; view?: Console }) {
  return (
    <header class="desk-head">
      {shown && may('run') && (
        <a class="skip" href="#big" onClick={toBig}>
          {F().skipToBig}
        </a>
      )}
      <p class="desk-title">{title}</p>
      {shown && may('run') && <Control console={shown} />}
      <p>{F().roles[role.value] || role.value}</p>
      <Languages />
    </header>
  );
}

// The name of the link, if it has one, and the role.
function whoRuns({ control_name: name, control_role: by }: Console['room']): string {
  const called = by ? F().roles[by] || by : F().somebody;
  return name ? `${name} (${called})` : called;
}

// Two facilitators see each other: nobody's rights depend on it.
function Control({ console: { room } }: { console: Console }) {
  const mine = room.control && room.control === tokenId(token);
  const words = mine ? F().youRun : room.control ? F().otherRuns(whoRuns(room)) : F().nobodyRuns;
  return (
    <p class={mine ? 'control mine' : 'control'}>
      <span>{words}</span>
      {!mine && <Small onClick={() => issue(F().tookControl, { type: 'control.take' })}>{F().takeControl}</Small>}
    </p>
  );
}

function Desk({ console: shown }: { console: Console }) {
  const id = selected.value || shown.current || shown.activities[0]?.activity || '';
  const a = shown.activities.find((b) => b.activity === id);
  const orders = may('run') || may('moderate');
  const tabs = ['items', 'room', ...(orders ? ['screens', 'record'] : []), ...(may('run') ? ['prepare'] : []), ...(may('key') ? ['paper'] : []), 'history'];
  const open = tabs.includes(tab.value) ? tab.value : a?.items?.length ? 'items' : 'room';
  return (
    <div class="desk">
      <Head title={pick(shown.room.title)} view={shown} />
      <RunSheet console={shown} chosen={id} />
      {a ? <NowPanel console={shown} a={a} /> : <main class="now">{F().empty}</main>}
      <aside class="side" aria-label={F().tabs[open]}>
        <div class="tabs" role="group">
          {tabs.map((name) => (
            <button type="button" key={name} aria-pressed={name === open ? 'true' : 'false'} onClick={() => (tab.value = name)}>
              {F().tabs[name]}
              <Count name={name} console={shown} waiting={a?.waiting} />
            </button>
          ))}
        </div>
        {open === 'items' && a && <ItemsPanel a={a} key={a.activity} />}
        {open === 'room' && <RoomPanels console={shown} />}
        {open === 'screens' && <ScreensPanel console={shown} />}
        {open === 'record' && <RecordPanels console={shown} />}
        {open === 'prepare' && <PreparePanels console={shown} />}
        {open === 'paper' && <PaperPanel />}
        {open === 'history' && <HistoryPanel />}
      </aside>
    </div>
  );
}

// How much waits behind a tab.
function Count(props: { name: string; console: Console; waiting?: number }) {
  const { name, console: shown, waiting = 0 } = props;
  const n = name === 'items' ? waiting : name === 'room' ? (shown.told || []).filter((w) => !w.heard).length : 0;
  return n ? <b class="badge">{n}</b> : null;
}

// Who only keys in paper sees the stage, not the console.
function KeyerDesk() {
  const shown = stage.value;
  return (
    <div class="desk keyer">
      <Head title={pick(shown?.room.title)} />
      <main class="now">
        <h1>{F().paper}</h1>
        <PaperPanel />
        <HistoryPanel />
      </main>
    </div>
  );
}

function Strip() {
  void tick.value;
  void deeds.value;
  const away = token && connection.awayMs() > PATIENCE_MS;
  const words = away ? F().offline : connection.unrecorded.size ? F().unrecorded : trouble.value;
  return words ? <p class="strip">{words}</p> : null;
}

const voice = new Voice(document.getElementById('voice') as HTMLElement, (n) => S().secondsLeft(n));
heard.refused = (words) => voice.say(words);

// Who had the control, and has it no longer, is told; so is everybody else.
function announceControl() {
  let before: string | undefined;
  effect(() => {
    const at = view.value?.room;
    const now = at?.control || '';
    if (at && before !== undefined && now !== before && now && now !== tokenId(token)) {
      const words = F().handedOver(whoRuns(at));
      complain(words);
      voice.say(words);
    }
    if (at) before = now;
  });
}

function toBig(event: Event) {
  event.preventDefault();
  document.getElementById('big')?.focus();
}

// Ctrl+Enter leads to the big button. Ctrl+Z, as everywhere, where nothing is being typed.
function byKey(event: KeyboardEvent) {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return toBig(event);
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test((event.target as HTMLElement | null)?.tagName || '');
  if (typing || event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey)) return;
  // Also where there is nothing: the browser would take back what was typed somewhere, unseen.
  event.preventDefault();
  const deed = freshDeed();
  if (deed) takeBack(deed);
}

function announce() {
  let spoken = '';
  effect(() => {
    const shown = view.value;
    const a = shown?.activities.find((b) => b.activity === shown.current);
    const mark = a ? `${a.activity}/${a.phase}/${a.round || 0}` : '';
    if (a && spoken && mark !== spoken) voice.say(`${titleOf(a)}: ${F().phases[a.phase]}`);
    spoken = mark;
  });
}

speak().then(() => {
  effect(() => {
    document.title = `${pick(view.value?.room.title) || THEME_NAME} – ${F().roles[role.value] || THEME_NAME}`;
    document.documentElement.lang = language.value;
  });
  announce();
  announceControl();
  skipEmptyPlaces((id) => view.value?.activities.find((a) => a.activity === id));
  window.addEventListener('keydown', byKey);
  render(<Strip />, document.getElementById('strip') as HTMLElement);
  render(<Page />, document.getElementById('app') as HTMLElement);
  if (token) connection.start();
  setInterval(() => tick.value++, 500);
});
