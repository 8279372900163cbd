// What the phone's screens are made of.
import { useEffect, useRef } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { pick, tongue } from '../core/language';
import { clockFace } from '../core/numbers';
import { useSecondTap } from '../core/second_tap';
import type { Now } from '../core/types';
import { P } from '../words/phone';
import { S } from '../words/shared';
import { clock } from './clock';
import type { Fate, Store } from './store';

// One thing: what it is about on top, the controls in the lower half, what is done with it at the
// very bottom, where the thumb is.
export function Screen(props: {
  name: string;
  head?: ComponentChildren;
  children?: ComponentChildren;
  foot?: ComponentChildren;
}) {
  const { name, head, children, foot } = props;
  const root = useRef<HTMLDivElement>(null);
  // A new screen begins at its heading, for those who listen and those who scrolled.
  useEffect(() => {
    const inside = document.activeElement === document.body || !document.activeElement;
    window.scrollTo(0, 0);
    if (inside) root.current?.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }, [name]);
  return (
    <div class={`screen ${name}`} ref={root}>
      <div class="head">{head}</div>
      <div class="body">{children}</div>
      {foot && <div class="foot">{foot}</div>}
    </div>
  );
}

export const Title = ({ children }: { children: ComponentChildren }) => <h1 tabIndex={-1}>{children}</h1>;

export function BigButton(props: {
  onClick: () => void;
  children: ComponentChildren;
  disabled?: boolean;
  quiet?: boolean;
}) {
  const { onClick, children, disabled, quiet } = props;
  return (
    <button type="button" class={quiet ? 'big quiet' : 'big'} disabled={disabled} onClick={onClick}>
      {children}
    </button>
  );
}

// What cannot be taken back asks for a second tap.
export function Careful(props: { words: string; sure: string; act: () => void; big?: boolean }) {
  const { armed, tap } = useSecondTap(props.act);
  const kind = props.big ? 'big quiet' : 'link';
  return (
    <button type="button" class={armed ? `${kind} armed` : kind} onClick={tap}>
      {armed ? props.sure : props.words}
    </button>
  );
}

// The time that is left, and what kind of thing this is.
export function Clock({ store }: { store: Store }) {
  void clock.value;
  const left = store.timeLeft();
  if (left === null) return null;
  const soon = left <= 10000 ? 'clock soon' : 'clock';
  return (
    <p class={soon} role="timer" aria-label={S().timeLeft(clockFace(left))}>
      {clockFace(left)}
    </p>
  );
}

// The question, with what may be known of the answer.
export function Question({ store, kicker }: { store: Store; kicker?: string }) {
  const now = store.now as Now;
  const asked = pick(now.prompt) ? now.prompt : now.title;
  const above = kicker || (pick(now.prompt) ? pick(now.title) : '');
  return (
    <>
      <div class="over">
        {above && <p class="kicker">{above}</p>}
        <Clock store={store} />
      </div>
      <h1 tabIndex={-1} lang={tongue(asked)} class={pick(asked).length > 90 ? 'long' : ''}>
        {pick(asked)}
      </h1>
      <p class={`label ${now.label}`}>{labelWords(now, store)}</p>
      <Turnout now={now} />
    </>
  );
}

// As the big screen says it while people answer.
function Turnout({ now: { phase, turnout, tables } }: { now: Now }) {
  const open = ['collecting', 'voting', 'scoring', 'closing'].includes(phase) && !tables;
  const words = phase === 'collecting' ? P().haveWritten : P().haveAnswered;
  return open && turnout.of ? <p class="turnout">{words(turnout.answered, turnout.of)}</p> : null;
}

// As the server derives it from the settings, never typed by anybody.
function labelWords(now: Now, store: Store): string {
  if (now.label === 'named') return S().named;
  if (now.label !== 'linked') return S().anonymous;
  const titles = (now.linked_with || []).map((id) => {
    const other = store.stage.value?.run.find((a) => a.activity === id);
    return other ? S().quoted(pick(other.title)) : id;
  });
  return titles.length ? S().linkedTo(S().and(titles)) : S().linked;
}

export const roundWords = (now: Now): string => {
  const rounds = now.deal?.rounds || now.rounds || 0;
  return now.round > rounds ? S().extraRound(now.round - rounds) : S().roundOf(now.round, rounds);
};

// Which round it is, and how long it lasts.
export const RoundLine = ({ store }: { store: Store }) => (
  <div class="over">
    <p class="kicker">{roundWords(store.now as Now)}</p>
    <Clock store={store} />
  </div>
);

export const RoundHead = ({ store, title }: { store: Store; title: string }) => (
  <>
    <RoundLine store={store} />
    <Title>{title}</Title>
    <Turnout now={store.now as Now} />
  </>
);

// Saved on this phone -> Sent -> Counted, or why not.
export function FateLine({ fate, counted }: { fate?: Fate; counted?: string }) {
  if (!fate) return null;
  if (fate.state === 'problem') return <p class="fate problem">{fate.text}</p>;
  const steps = [
    ['saved', fate.state === 'saved' ? P().saved : P().savedStep],
    ['sent', P().sent],
    ['counted', counted || P().counted],
  ] as const;
  const at = steps.findIndex(([name]) => name === fate.state);
  return (
    <ol class={`fate ${fate.state}`}>
      {steps.map(([name, words], i) => (
        <li class={i < at ? 'done' : i === at ? 'here' : ''} aria-current={i === at ? 'step' : undefined} key={name}>
          {words}
        </li>
      ))}
    </ol>
  );
}

// Sends what is chosen; then shows what became of it, and offers to change it.
export function SendBar(props: {
  fate?: Fate;
  ready: boolean; // there is something to send
  dirty: boolean; // it differs from what was sent
  already: boolean; // something was sent
  send: string;
  change: string;
  note?: ComponentChildren;
  onSend: () => void;
}) {
  const { fate, ready, dirty, already, send, change, note, onSend } = props;
  const shown = dirty && already && fate?.state === 'counted' ? undefined : fate;
  return (
    <>
      {note}
      <FateLine fate={shown} />
      <BigButton disabled={!ready || !dirty} onClick={onSend}>
        {already ? change : send}
      </BigButton>
    </>
  );
}

// A row of values as large radio buttons.
export function Scale(props: {
  name: string;
  low: number;
  high: number;
  lowLabel: string;
  highLabel: string;
  value?: number;
  legend: string;
  onPick: (value: number) => void;
}) {
  const { name, low, high, lowLabel, highLabel, value, legend, onPick } = props;
  const values = Array.from({ length: high - low + 1 }, (_, i) => low + i);
  if (values.length > 21) return <NumberLine {...props} />;
  return (
    <fieldset class={values.length > 7 ? 'scale many' : 'scale'}>
      <legend class="unseen">{legend}</legend>
      <div class="tiles">
        {values.map((v) => (
          <label class="tile" key={v}>
            <input
              type="radio"
              name={name}
              value={v}
              checked={v === value}
              aria-label={v === low && lowLabel ? `${v}, ${lowLabel}` : v === high && highLabel ? `${v}, ${highLabel}` : `${v}`}
              onChange={() => onPick(v)}
            />
            <span aria-hidden="true">{v}</span>
          </label>
        ))}
      </div>
      {(lowLabel || highLabel) && (
        <p class="ends" aria-hidden="true">
          <span>{lowLabel}</span>
          <span>{highLabel}</span>
        </p>
      )}
    </fieldset>
  );
}

// A scale with too many values for buttons: typed.
function NumberLine(props: Parameters<typeof Scale>[0]) {
  const { name, low, high, value, legend, onPick } = props;
  return (
    <div class="number-line">
      <label for={name}>{legend}</label>
      <input
        id={name}
        class="number"
        type="number"
        inputMode={low < 0 ? 'text' : 'numeric'}
        min={low}
        max={high}
        value={value === undefined ? '' : value}
        onInput={(event) => {
          const typed = parseInt(event.currentTarget.value, 10);
          if (typed >= low && typed <= high) onPick(typed);
        }}
      />
    </div>
  );
}

export const reducedMotion = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;
