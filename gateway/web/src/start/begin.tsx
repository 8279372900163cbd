// Where a run sheet comes from: a sample day, an empty one, a file, a draft; and rooms made before.
import { useEffect, useState } from 'preact/hooks';
import { language, pick, tongue } from '../core/language';
import { days, openLibrary, readyDay } from '../core/library';
import { spaced } from '../core/numbers';
import type { Text } from '../core/types';
import { T } from '../words/start';
import { Button, Careful, languageName } from './parts';
import { format } from './sheet';
import { begin, drafts, forgetDraft, forgetRoom, rooms } from './state';

const LARGEST = 1024 * 1024; // a file that is certainly no run sheet need not be read

const when = (ms: number) => new Date(ms).toLocaleString(language.value === 'cy' ? 'cy-GB' : 'en-GB', { dateStyle: 'medium', timeStyle: 'short' });

export function BeginView() {
  const [failure, setFailure] = useState('');
  useEffect(() => void openLibrary().then((found) => found || setFailure(T().noAnswer)), []);
  return (
    <main>
      <h1 tabIndex={-1}>{T().heading}</h1>
      <p class="lead">{T().lead}</p>
      {failure && <p class="warn">{failure}</p>}
      <section aria-labelledby="days">
        <h2 id="days">{T().sampleDays}</h2>
        <ul class="cards">
          {days.value.map((day) => (
            <li class="card" key={day.name}>
              <h3 lang={tongue(day.title)}>{pick(day.title)}</h3>
              <p class="hint">{T().dayLine(day.activities, day.expected_people, day.languages.map(languageName).join(', '))}</p>
              <Button strong label={T().beginWith(pick(day.title))} onClick={() => beginWith(day.name).then((good) => setFailure(good ? '' : T().noAnswer))}>
                {T().beginHere}
              </Button>
            </li>
          ))}
        </ul>
      </section>
      <Own />
      <Drafts />
      <Rooms />
    </main>
  );
}

async function beginWith(name: string): Promise<boolean> {
  const day = await readyDay(name);
  if (!day) return false;
  const { $schema: _, ...sheet } = day; // where it is in the program's own sources
  begin(`${format(sheet)}\n`);
  return true;
}

function Own() {
  const [failure, setFailure] = useState('');
  const empty = () => begin(`${format({ title: {}, languages: [language.value], activities: [] })}\n`);
  const read = async (input: HTMLInputElement) => {
    const file = input.files?.[0];
    if (!file) return;
    input.value = '';
    if (file.size > LARGEST) return setFailure(T().tooLarge(file.name));
    begin(await file.text());
  };
  return (
    <section aria-labelledby="own">
      <h2 id="own">{T().own}</h2>
      <div class="acts">
        <Button onClick={empty}>{T().empty}</Button>
        <div class="input">
          <label for="file">{T().openFile}</label>
          <input id="file" type="file" accept=".json,application/json" onChange={(event) => read(event.currentTarget)} />
        </div>
      </div>
      {failure && <p class="warn">{failure}</p>}
    </section>
  );
}

const Title = ({ text }: { text: Text }) => {
  const words = pick(text);
  return <bdi lang={tongue(text)}>{words || T().untitled}</bdi>;
};

function Drafts() {
  if (!drafts.value.length) return null;
  return (
    <section aria-labelledby="drafts">
      <h2 id="drafts">{T().drafts}</h2>
      <ul class="kept">
        {drafts.value.map(({ id, title, changed }) => (
          <li key={id}>
            <p>
              <a href={`#/draft/${id}`}>
                <Title text={title} />
              </a>
              <span class="hint"> · {when(changed)}</span>
            </p>
            <Careful words={T().forget} sure={T().forgetSure} act={() => forgetDraft(id)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Rooms() {
  if (!rooms.value.length) return null;
  return (
    <section aria-labelledby="rooms">
      <h2 id="rooms">{T().rooms}</h2>
      <p class="hint">{T().roomsHint}</p>
      <ul class="kept">
        {rooms.value.map(({ room, code, title, made }) => (
          <li key={room}>
            <p>
              <a href={`#/room/${room}`}>
                <Title text={title} />
              </a>
              <span class="hint">
                {' '}
                · {spaced(code)} · {when(made)}
              </span>
            </p>
            <Careful words={T().forget} sure={T().forgetRoomSure} act={() => forgetRoom(room)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
