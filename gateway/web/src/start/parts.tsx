// What the forms of this page are made of. A field knows its place in the run sheet, shows what
// stands there, whatever that is, and beside it what the server says is wrong with it.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { OWN_NAMES } from '../core/language';
import { useSecondTap } from '../core/second_tap';
import { T } from '../words/start';
import { type Path, pointer, textOf } from './sheet';
import { languages, problemsAt, problemsUnder, set, valueAt } from './state';

export const voice: { say: (words: string) => void } = { say: () => {} };

export function Button(props: {
  onClick: () => void;
  children: ComponentChildren;
  strong?: boolean;
  disabled?: boolean;
  pressed?: boolean;
  label?: string;
  id?: string;
}) {
  const { onClick, children, strong, disabled, pressed, label, id } = props;
  return (
    <button
      type="button"
      id={id}
      class={strong ? 'small strong' : 'small'}
      disabled={disabled}
      aria-pressed={pressed === undefined ? undefined : pressed ? 'true' : 'false'}
      aria-label={label}
      onClick={onClick}
    >
      {children}
    </button>
  );
}

// What cannot be had back asks for a second tap.
export function Careful({ words, sure, act }: { words: string; sure: string; act: () => void }) {
  const { armed, tap } = useSecondTap(act);
  return (
    <button type="button" class={armed ? 'small armed' : 'small'} onClick={tap}>
      {armed ? sure : words}
    </button>
  );
}

// "Cymraeg", "français": as those who speak it say it.
export function languageName(tag: string): string {
  const own = (OWN_NAMES as Record<string, string>)[tag];
  if (own) return own;
  try {
    type Names = new (tags: string[], options: object) => { of(tag: string): string | undefined };
    const { DisplayNames } = Intl as unknown as { DisplayNames: Names };
    return new DisplayNames([tag], { type: 'language' }).of(tag) || tag;
  } catch {
    return tag;
  }
}

export const fieldId = (path: Path, language = '') => `f${pointer(path).replace(/[^a-z0-9]/gi, '-')}${language && `-${language}`}`;

// A label, the control, and what is wrong. `deep`: mistakes anywhere under this place, too.
function Labelled(props: { id: string; label: string; hint?: string; places: string[]; deep?: boolean; children: (aria: object) => ComponentChildren }) {
  const { id, label, hint, places, deep, children } = props;
  const wrong = places.flatMap((place) => (deep ? problemsUnder(place) : problemsAt(place)));
  const said = [hint && `${id}-hint`, wrong.length && `${id}-wrong`].filter(Boolean).join(' ');
  return (
    <div class="input">
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children({ id, 'aria-invalid': wrong.length ? 'true' : undefined, 'aria-describedby': said || undefined })}
      {wrong.length > 0 && <Wrong id={`${id}-wrong`} words={wrong.map(({ text }) => text)} />}
    </div>
  );
}

// The server's own sentences, which are English.
const Wrong = ({ id, words }: { id: string; words: string[] }) => (
  <p class="wrong" id={id} lang="en">
    {words.map((sentence) => (
      <span key={sentence}>
        <span aria-hidden="true">✗ </span>
        {sentence}{' '}
      </span>
    ))}
  </p>
);

// What is wrong with a place that has no field of its own.
export function WrongAt({ path }: { path: Path }) {
  const wrong = problemsAt(pointer(path));
  return wrong.length ? <Wrong id={fieldId(path, 'wrong')} words={wrong.map(({ text }) => text)} /> : null;
}

const shown = (value: unknown) => (value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value));

export function Line({ path, label, hint, rows }: { path: Path; label: string; hint?: string; rows?: number }) {
  const onInput = ({ currentTarget: { value } }: { currentTarget: { value: string } }) => set(path, value || undefined);
  const value = shown(valueAt(path));
  return (
    <Labelled id={fieldId(path)} label={label} hint={hint} places={[pointer(path)]}>
      {(aria) =>
        rows ? (
          <textarea {...aria} rows={rows} dir="auto" value={value} onInput={onInput} />
        ) : (
          <input {...aria} type="text" autocomplete="off" dir="auto" value={value} onInput={onInput} />
        )
      }
    </Labelled>
  );
}

// A text in each of the room's languages.
export function Texts({ path, label, rows, must }: { path: Path; label: string; rows?: number; must?: boolean }) {
  const tags = languages.value.length ? languages.value : ['en'];
  const texts = textOf(valueAt(path), tags);
  const write = (tag: string, words: string) => {
    const { [tag]: _, ...others } = texts;
    const all = Object.fromEntries(tags.map((each) => [each, each === tag ? words : texts[each]]).filter(([, said]) => said));
    const changed = { ...others, ...all };
    set(path, Object.keys(changed).length ? changed : must ? {} : undefined);
  };
  return (
    <div class={tags.length > 1 ? 'texts several' : 'texts'}>
      {tags.map((tag, i) => {
        const places = [`${pointer(path)}/${tag}`, ...(i ? [] : [pointer(path)])];
        const onInput = (event: { currentTarget: { value: string } }) => write(tag, event.currentTarget.value);
        return (
          <Labelled key={tag} id={fieldId(path, tag)} label={tags.length > 1 ? T().inLanguage(label, languageName(tag)) : label} places={places}>
            {(aria) =>
              rows ? (
                <textarea {...aria} rows={rows} lang={tag} dir="auto" value={texts[tag] || ''} onInput={onInput} />
              ) : (
                <input {...aria} type="text" autocomplete="off" lang={tag} dir="auto" value={texts[tag] || ''} onInput={onInput} />
              )
            }
          </Labelled>
        );
      })}
    </div>
  );
}

// What is typed and is no number goes into the sheet as it is: the server says so.
const asNumber = (typed: string, scale: number) => {
  const text = typed.trim().replace(',', '.');
  if (!text) return undefined;
  return /^-?\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * scale) : typed;
};

// `scale`: what one of what people type is in the sheet, 60000 for minutes. `usual`: what holds if
// nothing stands there.
export function Figure(props: { path: Path; label: string; hint?: string; scale?: number; usual?: string | number }) {
  const { path, label, hint, scale = 1, usual } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const value = valueAt(path);
  const worth = typeof value === 'number' ? String(Math.round((value / scale) * 100) / 100) : shown(value);
  const onInput = (event: { currentTarget: { value: string } }) => {
    setTyped(event.currentTarget.value);
    set(path, asNumber(event.currentTarget.value, scale));
  };
  return (
    <Labelled id={fieldId(path)} label={label} hint={hint} places={[pointer(path)]}>
      {(aria) => (
        <input
          {...aria}
          class="figure"
          type="text"
          inputMode="decimal"
          autocomplete="off"
          placeholder={usual === undefined ? undefined : String(usual)}
          value={typed ?? worth}
          onInput={onInput}
          onBlur={() => setTyped(null)}
        />
      )}
    </Labelled>
  );
}

// `on`, `off`: what stands in the sheet; the usual one of them is left out.
export function Tick(props: { path: Path; label: string; on?: unknown; off?: unknown; usual?: boolean }) {
  const { path, label, on = true, off = false, usual = false } = props;
  const value = valueAt(path);
  const checked = value === undefined ? usual : value === on;
  const flip = () => set(path, checked === usual ? (checked ? off : on) : undefined, true);
  return (
    <label class="check">
      <input type="checkbox" id={fieldId(path)} checked={checked} onChange={flip} /> <span>{label}</span>
    </label>
  );
}

// The first option is the usual one, and stands for a place that is empty.
export function Choice({ path, label, options, must }: { path: Path; label: string; options: [string, string][]; must?: boolean }) {
  const value = shown(valueAt(path));
  const known = options.some(([name]) => name === value) || !value;
  const onChange = (event: { currentTarget: { value: string } }) => {
    const next = event.currentTarget.value;
    set(path, next === options[0][0] && !must ? undefined : next, true);
  };
  return (
    <Labelled id={fieldId(path)} label={label} places={[pointer(path)]}>
      {(aria) => (
        <select {...aria} value={value || options[0]?.[0]} onChange={onChange}>
          {!known && <option value={value}>{value}</option>}
          {options.map(([name, words]) => (
            <option value={name} key={name}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

// A list whose order is changed by buttons. The focus stays on what was moved.
export function Rows(props: {
  path: Path;
  title: string;
  nameOf: (index: number) => string;
  make: () => unknown;
  add: string;
  children: (path: Path) => ComponentChildren;
}) {
  const { path, title, nameOf, make, add, children } = props;
  const found = valueAt(path);
  const list = Array.isArray(found) ? found : [];
  const id = fieldId(path);
  const move = (from: number, to: number) => {
    const next = [...list];
    const words = T().moved(nameOf(from), to + 1, list.length);
    next.splice(to, 0, ...next.splice(from, 1));
    set(path, next, true);
    voice.say(words);
    focusSoon([`${id}-${to < from ? 'up' : 'down'}-${to}`, `${id}-${to < from ? 'down' : 'up'}-${to}`]);
  };
  const remove = (index: number) => {
    const words = T().removed(nameOf(index));
    set(path, list.length > 1 ? list.filter((_, i) => i !== index) : undefined, true);
    voice.say(words);
    focusSoon([`${id}-add`]);
  };
  return (
    <fieldset class="rows">
      <legend>{title}</legend>
      <WrongAt path={path} />
      <ol>
        {list.map((_, i) => (
          <li key={i} class="row">
            <div class="row-fields">
              <WrongAt path={[...path, i]} />
              {children([...path, i])}
            </div>
            <div class="acts">
              <Button id={`${id}-up-${i}`} disabled={i === 0} label={T().upOf(nameOf(i))} onClick={() => move(i, i - 1)}>
                ↑
              </Button>
              <Button id={`${id}-down-${i}`} disabled={i === list.length - 1} label={T().downOf(nameOf(i))} onClick={() => move(i, i + 1)}>
                ↓
              </Button>
              <Button label={T().removeOf(nameOf(i))} onClick={() => remove(i)}>
                {T().remove}
              </Button>
            </div>
          </li>
        ))}
      </ol>
      <Button
        id={`${id}-add`}
        onClick={() => {
          set(path, [...list, make()], true);
          focusSoon([`${id}-${list.length}-title-${languages.value[0]}`]);
        }}
      >
        {add}
      </Button>
    </fieldset>
  );
}

// The first of these that can have it, once the page is drawn.
export function focusSoon(ids: string[]) {
  setTimeout(() => {
    const places = ids.map((id) => document.getElementById(id) as HTMLButtonElement | null);
    places.find((place) => place && !place.disabled)?.focus();
  });
}
