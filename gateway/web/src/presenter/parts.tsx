// Small things of the presenter's page.
import type { ComponentChildren } from 'preact';
import { useSecondTap } from '../core/second_tap';

export function Small(props: {
  onClick: () => void;
  children: ComponentChildren;
  disabled?: boolean;
  strong?: boolean;
  pressed?: boolean;
  label?: string;
}) {
  const { onClick, children, disabled, strong, pressed, label } = props;
  return (
    <button
      type="button"
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

// What ends something early, or for good, asks for a second tap.
export function Careful(props: { words: string; sure: string; act: () => void; disabled?: boolean }) {
  const { armed, tap } = useSecondTap(props.act);
  return (
    <button
      type="button"
      class={armed ? 'small armed' : 'small'}
      disabled={props.disabled}
      onClick={tap}
    >
      {armed ? props.sure : props.words}
    </button>
  );
}

export function Panel({ title, children, name }: { title: string; children: ComponentChildren; name?: string }) {
  return (
    <section class={name ? `panel ${name}` : 'panel'}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

export function Input(props: {
  id: string;
  label: string;
  value: string | number;
  onText: (text: string) => void;
  kind?: 'text' | 'number';
  rows?: number;
  width?: string;
}) {
  const { id, label, value, onText, kind = 'text', rows } = props;
  const onInput = (event: { currentTarget: { value: string } }) => onText(event.currentTarget.value);
  return (
    <div class={`input ${props.width || ''}`}>
      <label for={id}>{label}</label>
      {rows ? (
        <textarea id={id} rows={rows} value={value} onInput={onInput} />
      ) : (
        <input id={id} type="text" inputMode={kind === 'number' ? 'numeric' : 'text'} autocomplete="off" value={value} onInput={onInput} />
      )}
    </div>
  );
}

export function Select(props: { id: string; label: string; value: string; onValue: (value: string) => void; options: [string, string][] }) {
  const { id, label, value, onValue, options } = props;
  return (
    <div class="input">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onValue(event.currentTarget.value)}>
        {options.map(([name, words]) => (
          <option value={name} key={name}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
