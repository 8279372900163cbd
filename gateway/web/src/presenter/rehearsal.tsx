// Plays the day with simulated people in a copy of the room, and says what came of it.
import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { F } from '../words/presenter';
import { ask, inRoom } from './api';
import { room } from './desk';
import { Careful, Input, Panel, Small } from './parts';

const EACH_MS = 1500;
const LINES = 12; // the latest

interface Rehearsal {
  rehearsal?: string;
  state?: 'running' | 'done' | 'failed' | 'stopped';
  lines?: string[];
  code?: string;
  links?: Record<string, string>;
  summary?: Record<string, unknown>;
}

// Beyond this panel, so that it is still there after a look at another one.
const last = signal<Rehearsal | null>(null);

export function RehearsalPanel() {
  const [people, setPeople] = useState('180');
  const [speed, setSpeed] = useState('20');
  const running = last.value?.state === 'running';
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(look, EACH_MS);
    return () => clearInterval(timer);
  }, [running]);
  const begin = async () => {
    const order = { people: Number(people), speed: Number(speed), seed: Math.floor(Math.random() * 1e6) };
    const answer = await ask<Rehearsal>('POST', inRoom('/rehearsals'), order);
    if (answer) last.value = { ...answer, state: 'running' };
  };
  const good = Number(people) >= 1 && Number(people) <= 1000 && Number(speed) >= 0;
  return (
    <Panel title={F().rehearsal} name="rehearsal">
      <p class="hint">{F().rehearsalHint}</p>
      {!running && (
        <div class="row-of">
          <Input id="rehearse-people" kind="number" label={F().rehearsalPeople} value={people} onText={setPeople} width="narrow" />
          <Input id="rehearse-speed" kind="number" label={F().rehearsalSpeed} value={speed} onText={setSpeed} width="narrow" />
          <Small strong disabled={!good || !room.value} onClick={begin}>
            {F().rehearse}
          </Small>
        </div>
      )}
      {last.value && <Course course={last.value} />}
    </Panel>
  );
}

async function look() {
  const id = last.value?.rehearsal;
  const answer = id && (await ask<Rehearsal>('GET', `/api/v1/rehearsals/${id}`));
  if (answer && last.value?.rehearsal === id) last.value = { ...last.value, ...answer };
}

async function stop() {
  const id = last.value?.rehearsal;
  if (id && (await ask('POST', `/api/v1/rehearsals/${id}/stop`))) look();
}

function Course({ course }: { course: Rehearsal }) {
  const { state = 'running', lines = [], links = {}, summary } = course;
  return (
    <>
      <p class={state === 'failed' ? 'warn' : ''} role="status">
        {F().rehearsalStates[state]}
      </p>
      <p class="link-row">
        {['display', 'presenter', 'attendee'].map((name) =>
          links[name] ? (
            <a key={name} href={links[name]} target="_blank" rel="noopener">
              {F().rehearsalLinks[name]}
            </a>
          ) : null,
        )}
      </p>
      {lines.length > 0 && <pre class="lines">{lines.slice(-LINES).join('\n')}</pre>}
      {summary && <Balance summary={summary} />}
      {state === 'running' && <Careful words={F().stop} sure={F().again(F().stop)} act={stop} />}
    </>
  );
}

// The balance of the whole: nothing lost, nothing counted twice, every tally as recounted.
function Balance({ summary }: { summary: Record<string, unknown> }) {
  const figures = ['lost', 'duplicated', 'mismatches'].filter((name) => typeof summary[name] === 'number');
  if (!figures.length) return null;
  return <p>{figures.map((name) => `${F().balance[name]}: ${summary[name]}`).join(' · ')}</p>;
}
