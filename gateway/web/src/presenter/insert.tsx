// Inserting an activity during the day: the usual kinds by a few fields, anything else as JSON, as it
// stands in a run sheet.
import { useEffect, useState } from 'preact/hooks';
import { randomId } from '../core/keep';
import { language, pick, roomLanguages } from '../core/language';
import { lacks, library, openLibrary, readySpec, type Spec } from '../core/library';
import type { ConsoleActivity } from '../core/types';
import { F } from '../words/presenter';
import { complain, issue } from './desk';
import { Input, Select, Small } from './parts';
import { titleOf } from './steps';

const EVERYONE = { who: 'everyone' };
const LISTS: Record<string, 'options' | 'ideas'> = { choice: 'options', dots: 'ideas', rank: 'ideas' };

// Texts of the sheet are in its languages only: a text for each of them.
const inAll = (text: string) => {
  const tags = roomLanguages.value.length ? roomLanguages.value : [language.value];
  return Object.fromEntries(tags.map((tag) => [tag, text]));
};

function specOf(kind: string, title: string, question: string, lines: string[], live: boolean): Spec {
  const items = lines.map((line, i) => ({ id: `i${i + 1}`, number: i + 1, title: inAll(line) }));
  const parts: Record<string, object> = {
    scale: { ballot: { kind: 'scale', low: 1, high: 5 } },
    choice: {
      ballot: { kind: 'choice', options: lines.map((line, i) => ({ id: `o${i + 1}`, title: inAll(line) })) },
      shuffle_items: false,
    },
    words: { collect: { ...EVERYONE, each: 3, max_graphemes: 60, words: 3 } },
    text: { collect: { ...EVERYONE, each: 3, max_graphemes: 300 } },
    questions: { collect: { ...EVERYONE, each: 3, max_graphemes: 280, moderation: 'hide-after' }, ballot: { kind: 'upvote' } },
    dots: { ballot: { kind: 'dots', budget: 5, cap: 5 }, items },
    rank: { ballot: { kind: 'rank', top: Math.min(3, items.length || 1) }, items },
  };
  return {
    id: `added-${randomId().slice(0, 8)}`,
    title: inAll(title),
    ...(question && { prompt: inAll(question) }),
    ...parts[kind],
    ...(live && { reveal: 'live' }),
  };
}

export function InsertForm({ activities }: { activities: ConsoleActivity[] }) {
  const [open, setOpen] = useState(false);
  return open ? (
    <OpenForm activities={activities} onClose={() => setOpen(false)} />
  ) : (
    <Small onClick={() => setOpen(true)}>{F().insert}</Small>
  );
}

function OpenForm({ activities, onClose }: { activities: ConsoleActivity[]; onClose: () => void }) {
  const [kind, setKind] = useState('scale');
  const [title, setTitle] = useState('');
  const [question, setQuestion] = useState('');
  const [list, setList] = useState('');
  const [live, setLive] = useState(false);
  const [json, setJson] = useState('');
  const [before, setBefore] = useState('');
  useEffect(() => void openLibrary(), []);
  const ready = library.value.find((r) => r.name === kind);
  const taken = activities.map((a) => a.activity);
  const missing = ready ? lacks(ready, taken) : [];
  const lines = list.split('\n').map((line) => line.trim()).filter(Boolean);
  const spec = kind === 'json' ? parsed(json) : specOf(kind, title.trim(), question.trim(), lines, live);
  const complete = kind === 'json' ? !!spec : title.trim() && (!LISTS[kind] || lines.length > 1);
  const send = async () => {
    if (ready) {
      const found = await readySpec(kind, taken, roomLanguages.value);
      if (!found) return complain(F().noLibrary);
      issue(F().didInsert(pick(ready.title)), { type: 'activity.add', spec: found, ...(before && { before }) });
      return onClose();
    }
    const known = activities.find((a) => a.activity === spec?.id);
    const words = F().didInsert(title.trim() || String(spec?.id));
    if (known) issue(words, { type: 'activity.change', activity: known.activity, spec });
    else issue(words, { type: 'activity.add', spec, ...(before && { before }) });
    return onClose();
  };
  return (
    <div class="insert">
      <h3>{F().insertTitle}</h3>
      <Select id="insert-kind" label={F().kind} value={kind} onValue={setKind} options={[...Object.entries(F().kinds), ...library.value.map((r): [string, string] => [r.name, pick(r.title)])]} />
      {ready ? (
        <>
          <p class="hint">{pick(ready.about)}</p>
          {missing.length > 0 && <p class="warn">{F().needsFirst(missing.join(', '))}</p>}
        </>
      ) : kind === 'json' ? (
        <>
          <Input id="insert-json" label={F().spec} rows={8} value={json} onText={setJson} />
          {json && !spec && <p class="warn">{F().notJson}</p>}
        </>
      ) : (
        <>
          <Input id="insert-title" label={F().title} value={title} onText={setTitle} />
          <Input id="insert-question" label={F().question} rows={2} value={question} onText={setQuestion} />
          {LISTS[kind] && <Input id="insert-list" label={F()[LISTS[kind]]} rows={5} value={list} onText={setList} />}
          <label class="check">
            <input type="checkbox" checked={live} onChange={() => setLive(!live)} /> <span>{F().live}</span>
          </label>
        </>
      )}
      <Select
        id="insert-before"
        label={F().where}
        value={before}
        onValue={setBefore}
        options={[['', F().atEnd], ...activities.filter((a) => a.phase === 'waiting').map((a): [string, string] => [a.activity, titleOf(a)])]}
      />
      <div class="row-of">
        <Small strong disabled={ready ? missing.length > 0 : !complete} onClick={send}>
          {F().insertIt}
        </Small>
        <Small onClick={onClose}>{F().cancel}</Small>
      </div>
    </div>
  );
}

function parsed(json: string): Spec | undefined {
  try {
    const spec = JSON.parse(json);
    return spec && typeof spec === 'object' && !Array.isArray(spec) ? spec : undefined;
  } catch {
    return undefined;
  }
}
