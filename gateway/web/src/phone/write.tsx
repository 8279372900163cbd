// Writing: one text, words, several fields; and what one has written, to be taken back.
import type { ComponentChildren } from 'preact';
import { bytes, graphemes, pick, wordsIn } from '../core/language';
import type { Collect, Contribution, Field, Now } from '../core/types';
import { Picture } from '../pictures/picture';
import { P } from '../words/phone';
import { S } from '../words/shared';
import { BigButton, Careful, FateLine, Question, Screen } from './parts';
import type { Store } from './store';
import { titleOf } from './vote';

const TEXT_BYTES = 2800; // so that a contribution fits in one message

interface Draft { text?: string; fields?: Record<string, string>; number?: number }

// A contribution that is being written. `extra`: what else goes with it (a table, a number).
export function useWriting(store: Store, what = 'item', extra: Record<string, unknown> = {}) {
  const now = store.now as Now;
  const collect = now.collect as Collect;
  const key = store.key(what);
  const draft = store.draft<Draft>(key) || {};
  const own = store.mine.contributions || [];
  const waiting = store.waitingUnder(key).filter((e) => !own.some((c) => c.id === e.id));
  const fields = collect?.fields;
  const text = (draft.text || '').trim();
  const values = trimmed(draft.fields);
  const problem = collect && (fields ? fieldProblem(fields, values) : textProblem(collect, text));
  return {
    store,
    collect,
    key,
    draft,
    problem,
    left: (collect?.each || 1) - own.length - waiting.length,
    ready: !problem && (fields ? fields.every((f) => !f.required || values[f.id]) : text !== ''),
    fate: store.fate(key),
    put: (change: Draft) => store.setDraft(key, { ...draft, ...change }),
    handIn: () =>
      store.addItem(key, fields ? { fields: values, ...extra } : { text, ...extra }, {
        title: titleOf(now),
        text: fields ? Object.values(values).join(' · ') : text,
      }),
  };
}
export type Writing = ReturnType<typeof useWriting>;

const trimmed = (fields: Record<string, string> = {}) =>
  Object.fromEntries(
    Object.entries(fields)
      .map(([id, text]) => [id, text.trim()])
      .filter(([, text]) => text),
  );

function textProblem({ max_graphemes: most, words }: Collect, text: string): string {
  const over = graphemes(text) - most;
  if (over > 0) return P().tooLong(over);
  if (words && wordsIn(text) > words) return P().tooManyWords(words);
  return bytes(text) > TEXT_BYTES ? P().tooLong(bytes(text) - TEXT_BYTES) : '';
}

function fieldProblem(fields: Field[], values: Record<string, string>): string {
  for (const field of fields) {
    const over = graphemes(values[field.id] || '') - field.max_graphemes;
    if (over > 0) return P().tooLong(over);
  }
  const all = bytes(JSON.stringify(values));
  return all > TEXT_BYTES ? P().tooLong(all - TEXT_BYTES) : '';
}

export function WriteForm({ writing, label }: { writing: Writing; label: string }) {
  const { collect, draft, put, problem } = writing;
  if (collect.fields) {
    return (
      <div class="write">
        {collect.fields.map((field) => (
          <FieldInput
            key={field.id}
            field={field}
            value={draft.fields?.[field.id] || ''}
            onText={(text) => put({ fields: { ...draft.fields, [field.id]: text } })}
          />
        ))}
      </div>
    );
  }
  const text = draft.text || '';
  const left = collect.max_graphemes - graphemes(text);
  const onInput = (event: { currentTarget: { value: string } }) => put({ text: event.currentTarget.value });
  return (
    <div class="write">
      <label for="text">{collect.words ? P().words(collect.words) : label}</label>
      {collect.words ? (
        <input id="text" class="word" type="text" autocomplete="off" value={text} onInput={onInput} aria-describedby="text-left" />
      ) : (
        <textarea id="text" rows={5} value={text} onInput={onInput} aria-describedby="text-left" />
      )}
      <p id="text-left" class={problem ? 'left over' : 'left'}>
        {problem || P().charactersLeft(left)}
      </p>
    </div>
  );
}

function FieldInput(props: { field: Field; value: string; onText: (text: string) => void }) {
  const { field, value, onText } = props;
  const left = field.max_graphemes - graphemes(value);
  const id = `field-${field.id}`;
  const small = field.max_graphemes <= 80;
  const shared = {
    id,
    value,
    'aria-describedby': `${id}-left`,
    onInput: (event: { currentTarget: { value: string } }) => onText(event.currentTarget.value),
  };
  return (
    <div class="field">
      <label for={id}>
        {pick(field.title) || field.id}
        {!field.required && <small> ({P().optional})</small>}
      </label>
      {small ? <input type="text" autocomplete="off" {...shared} /> : <textarea rows={3} {...shared} />}
      <p id={`${id}-left`} class={left < 0 ? 'left over' : 'left'}>
        {field.names_person && <span class="named">{P().namesPerson} </span>}
        {left < 0 ? P().tooLong(-left) : P().charactersLeft(left)}
      </p>
    </div>
  );
}

// Open text: a form until everything that one may hand in is handed in.
export function WriteScreen({ store, live }: { store: Store; live?: ComponentChildren }) {
  const writing = useWriting(store);
  const now = store.now as Now;
  const { collect, left, ready, fate, handIn } = writing;
  const picture = store.pictureFrom(now.linked_with);
  const done = left <= 0;
  return (
    <Screen
      name={done ? 'written-screen' : 'write-screen'}
      head={<Question store={store} />}
      foot={
        <>
          <FateLine fate={fate} counted={P().handedIn} />
          {!done && (
            <BigButton disabled={!ready} onClick={handIn}>
              {collect.words ? P().handInWord : P().handIn}
            </BigButton>
          )}
        </>
      }
    >
      {picture && (
        <div class="on-picture">
          <Picture name={picture} alone />
          <p class="hint">{P().yourCommitment}</p>
        </div>
      )}
      {done ? <p class="next">{P().thanksOthers}</p> : <WriteForm writing={writing} label={P().yourWords} />}
      {live}
      {!done && collect.each > 1 && <p class="hint">{P().addAnother(left)}</p>}
      {collect.moderated && <p class="hint">{P().moderated}</p>}
      <OwnTexts store={store} />
    </Screen>
  );
}

const stateWords = (state: NonNullable<Contribution['state']>) =>
  ({ pending: P().pending, hidden: P().hidden, withdrawn: P().withdrawn, erased: P().erased })[state];

// What this person has handed in here: shown to them alone, and theirs to take back.
export function OwnTexts({ store, title }: { store: Store; title?: string }) {
  const now = store.now as Now;
  const own = store.mine.contributions || [];
  const waiting = store
    .waiting()
    .filter((e) => e.command.type === 'item.add' && e.command.activity === now.activity)
    .filter((e) => !own.some((c) => c.id === e.id))
    .map((e) => ({ ...e.command, state: undefined }) as unknown as Contribution);
  if (!own.length && !waiting.length) return null;
  const mayWithdraw = !now.deal || now.phase === 'collecting';
  return (
    <section class="own-texts">
      <h2>{title || P().yourTexts}</h2>
      <ul>
        {[...own, ...waiting].map((c) => (
          <li key={c.id} class={c.state ? `note ${c.state}` : 'note'}>
            <p class="item-title">{c.text || Object.values(c.fields || {}).join(' · ')}</p>
            {c.number ? <p class="item-more">{S().number(c.number)}</p> : null}
            {c.state && <p class="state">{stateWords(c.state)}</p>}
            {mayWithdraw && own.includes(c) && (!c.state || c.state === 'pending') && (
              <Careful words={P().withdraw} sure={P().withdrawSure} act={() => store.withdraw(now.activity, c.id)} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
