// Writing a run sheet: as a form or as its source, the same sheet in both, and what is wrong with it.
import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { language, pick } from '../core/language';
import { lacks, library, openLibrary, readySpec } from '../core/library';
import { T } from '../words/start';
import { ActivityForm } from './activity';
import { DayForm, nameAt } from './day';
import { Button, fieldId, focusSoon, voice } from './parts';
import type { Problem } from './server';
import { at, kindOf, languagesOf, listAt, textOf } from './sheet';
import { placeWords, showPlace, SourceForm } from './source';
import { canUndo, check, checking, chosen, fresh, languages, make, problemsUnder, refused, set, sheet, source, undo, unheard } from './state';

const asSource = signal(false);
const SHOWN = 20; // problems at once

export function EditView() {
  const now = sheet.value;
  const title = (now && pick(textOf(now.title, languagesOf(now)))) || T().untitled;
  return (
    <main class="edit">
      <p>
        <a href="#/">{T().backToStart}</a>
      </p>
      <h1 tabIndex={-1} dir="auto">
        {title}
      </h1>
      <div class="tabs" role="group" aria-label={T().view}>
        <Button pressed={!asSource.value} onClick={() => (asSource.value = false)}>
          {T().form}
        </Button>
        <Button pressed={asSource.value} onClick={() => (asSource.value = true)}>
          {T().source}
        </Button>
      </div>
      <Findings />
      {asSource.value ? <SourceForm /> : now ? <Form /> : <p class="warn">{T().unreadable}</p>}
      <Bar />
    </main>
  );
}

function Form() {
  const count = listAt(sheet.value, ['activities']).length;
  const index = Math.min(chosen.value, count - 1);
  return (
    <div class="form">
      <Activities index={index} />
      <section class="card fields" aria-labelledby="form-title" key={index}>
        {index < 0 ? <DayForm /> : <ActivityForm index={index} />}
      </section>
    </div>
  );
}

function choose(index: number) {
  chosen.value = index;
  focusSoon(['form-title']);
}

function Activities({ index }: { index: number }) {
  const list = listAt(sheet.value, ['activities']);
  return (
    <nav class="activities" aria-label={T().runSheet}>
      <Entry words={T().theDay} line={languages.value.join(', ')} here={index < 0} wrong={0} onClick={() => choose(-1)} />
      <h2>{T().activities(list.length)}</h2>
      <ol>
        {list.map((activity, i) => (
          <li key={i}>
            <Entry
              words={nameAt(['activities', i]) || T().untitled}
              line={T().kinds[kindOf(activity)] || T().kindUnknown}
              here={i === index}
              wrong={problemsUnder(`/activities/${i}`).length}
              onClick={() => choose(i)}
            />
            {i === index && <Order index={i} list={list} />}
          </li>
        ))}
      </ol>
      <Adding list={list} />
    </nav>
  );
}

function Entry(props: { words: string; line: string; here: boolean; wrong: number; onClick: () => void }) {
  const { words, line, here, wrong, onClick } = props;
  return (
    <button type="button" class="entry" aria-pressed={here ? 'true' : 'false'} onClick={onClick}>
      <span class="entry-title" dir="auto">
        {words}
      </span>
      <span class="entry-line">
        {line}
        {wrong > 0 && <span class="bad"> · {T().mistakes(wrong)}</span>}
      </span>
    </button>
  );
}

function Order({ index, list }: { index: number; list: unknown[] }) {
  const move = (to: number) => {
    const next = [...list];
    const words = T().moved(nameAt(['activities', index]), to + 1, list.length);
    next.splice(to, 0, ...next.splice(index, 1));
    set(['activities'], next, true);
    chosen.value = to;
    voice.say(words);
    focusSoon(to < index ? ['move-up', 'move-down'] : ['move-down', 'move-up']);
  };
  const remove = () => {
    voice.say(T().removed(nameAt(['activities', index])));
    set(['activities', index], undefined, true);
    chosen.value = Math.min(index, list.length - 2);
    focusSoon(['form-title']);
  };
  return (
    <div class="acts">
      <Button id="move-up" disabled={index === 0} onClick={() => move(index - 1)}>
        ↑ {T().earlier}
      </Button>
      <Button id="move-down" disabled={index === list.length - 1} onClick={() => move(index + 1)}>
        ↓ {T().later}
      </Button>
      <Button onClick={remove}>{T().remove}</Button>
    </div>
  );
}

function Adding({ list }: { list: unknown[] }) {
  const [name, setName] = useState('');
  const [failure, setFailure] = useState('');
  useEffect(() => void openLibrary(), []);
  const ready = library.value.find((one) => one.name === name) || library.value[0];
  if (!ready) return null;
  const taken = list.map((activity) => String(at(activity, ['id'])));
  const missing = lacks(ready, taken);
  const title = pick(ready.title);
  const add = async () => {
    const spec = await readySpec(ready.name, taken, languages.value);
    setFailure(spec ? '' : T().noAnswer);
    if (!spec) return;
    set(['activities'], [...list, spec], true);
    voice.say(T().added(title));
    choose(list.length);
  };
  return (
    <div class="card adding">
      <div class="input">
        <label for="ready">{T().addActivity}</label>
        <select id="ready" value={ready.name} onChange={(event) => setName(event.currentTarget.value)} aria-describedby="ready-about">
          {library.value.map((one) => (
            <option value={one.name} key={one.name}>
              {pick(one.title)}
            </option>
          ))}
        </select>
      </div>
      <p class="hint" id="ready-about">
        {pick(ready.about)}
      </p>
      {missing.length > 0 && <p class="warn">{T().needsFirst(missing.map((id) => pick(library.value.find((one) => one.name === id)?.title) || id).join(', '))}</p>}
      {failure && <p class="warn">{failure}</p>}
      <Button onClick={add}>{T().addIt}</Button>
    </div>
  );
}

// --- what is wrong ---

// Where a problem can be mended: in the source by its line, in the form by its field.
function lead(problem: Problem) {
  if (!sheet.value) asSource.value = true;
  if (asSource.value) return void setTimeout(() => showPlace(problem));
  const steps = problem.pointer.split('/').slice(1);
  const index = steps[0] === 'activities' && steps.length > 1 ? Number(steps[1]) : -1;
  chosen.value = index;
  const path = (length: number) => steps.slice(0, length).map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const places = steps.map((_, i) => path(steps.length - i)).flatMap((place) => [fieldId(place), fieldId(place, languages.value[0])]);
  focusSoon([...places, 'form-title']);
  return undefined;
}

function Findings() {
  const said = fresh.value;
  if (!said) return null;
  const { problems, warnings = [] } = said;
  return (
    <>
      {problems.length > 0 && (
        <section class="findings bad-box" aria-labelledby="problems">
          <h2 id="problems" tabIndex={-1}>
            {T().mistakes(problems.length)}
          </h2>
          <List problems={problems} />
        </section>
      )}
      {warnings.length > 0 && (
        <details class="findings">
          <summary>{T().warnings(warnings.length)}</summary>
          <List problems={warnings} />
        </details>
      )}
    </>
  );
}

// Where, in words of the form or of the source; then the server's own sentence, which is English. It
// stands beside the button, since a button's name is read in one language.
const whereOf = (problem: Problem) => {
  if (asSource.value || !sheet.value) return placeWords(problem);
  const [, top, index] = problem.pointer.split('/');
  const activity = top === 'activities' && index && (nameAt(['activities', Number(index)]) || T().untitled);
  return activity ? T().placeIn(activity) : `${T().theDay}:`;
};

const List = ({ problems }: { problems: Problem[] }) => (
  <ul>
    {language.value !== 'en' && <li class="hint">{T().inEnglish}</li>}
    {problems.slice(0, SHOWN).map((problem, i) => (
      <li key={i} class="finding">
        <button type="button" dir="auto" onClick={() => lead(problem)}>
          {whereOf(problem)}
        </button>{' '}
        <span lang="en">{problem.text}</span> {problem.pointer && <code dir="ltr">{problem.pointer}</code>}
      </li>
    ))}
    {problems.length > SHOWN && <li class="hint">{T().moreProblems(problems.length - SHOWN)}</li>}
  </ul>
);

// --- the bar at the bottom ---

function state(): { words: string; tone: string } {
  if (refused.value) return { words: T().refused, tone: 'bad' };
  if (unheard.value) return { words: T().noAnswer, tone: 'warn' };
  if (!fresh.value) return { words: checking.value ? T().checking : '', tone: '' };
  const { problems } = fresh.value;
  return problems.length ? { words: T().mistakes(problems.length), tone: 'bad' } : { words: T().allWell, tone: 'good' };
}

function Bar() {
  const [failure, setFailure] = useState<{ words: string; theirs: boolean }>();
  const [busy, setBusy] = useState(false);
  const { words, tone } = state();
  // Said when it changes, and not again after each word that is typed.
  const said = useRef('');
  useEffect(() => {
    if (!words || words === T().checking || words === said.current) return;
    said.current = words;
    voice.say(words);
  }, [words]);
  const create = async () => {
    if (fresh.value?.problems.length) return focusSoon(['problems']);
    setBusy(true);
    setFailure(undefined);
    const why = await make();
    setBusy(false);
    if (why === undefined) return undefined;
    setFailure(check.value?.problems.length ? undefined : { words: why || T().noAnswer, theirs: !!why });
    return undefined;
  };
  return (
    <div class="bar">
      <p class={tone}>
        {words}
        {failure && (
          <span class="bad" lang={failure.theirs ? 'en' : undefined}>
            {' '}
            {failure.words}
          </span>
        )}
      </p>
      <div class="acts">
        <Button disabled={!canUndo.value} onClick={undo}>
          {T().undo}
        </Button>
        <Button onClick={saveAsFile}>{T().save}</Button>
        <Button strong disabled={busy} onClick={create}>
          {T().makeRoom}
        </Button>
      </div>
    </div>
  );
}

function saveAsFile() {
  const name = pick(textOf(sheet.value?.title, languages.value)).replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '').slice(0, 60);
  saveFile(new Blob([source.value], { type: 'application/json' }), `${name || 'run-sheet'}.json`);
}

export function saveFile(blob: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
