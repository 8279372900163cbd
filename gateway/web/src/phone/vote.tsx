// One answer: a value on a scale, or one or some of a list (also as picture cards).
import type { ComponentChildren } from 'preact';
import { pick } from '../core/language';
import type { Ballot, BallotForm, Now, Option } from '../core/types';
import { Picture, pictureName } from '../pictures/picture';
import { P } from '../words/phone';
import { Question, Scale, Screen, SendBar } from './parts';
import type { Store } from './store';

export const titleOf = (now: Now) => pick(now.title) || pick(now.prompt);

// Whether it is one of these two, and open.
export const isPlain = ({ phase, ballot, deal, tables, rounds, items = [] }: Now) =>
  (phase === 'voting' || phase === 'closing') &&
  (ballot?.kind === 'choice' || (ballot?.kind === 'scale' && !items.length)) &&
  !deal && !tables && rounds === undefined;

// `live`: the result so far, where everybody may see it.
export function VoteScreen({ store, live }: { store: Store; live?: ComponentChildren }) {
  const { ballot } = store.now as Now;
  if (ballot?.kind === 'scale') return <ScaleScreen store={store} ballot={ballot} live={live} />;
  return ballot?.kind === 'choice' ? <ChoiceScreen store={store} ballot={ballot} live={live} /> : null;
}

// What was sent, what is chosen now, and whether they differ.
export function useBallot<V>(store: Store, from: (ballot?: Ballot) => V | undefined) {
  const key = store.key('ballot');
  const known = store.mine.ballot;
  const said = from(store.said(key, known));
  const draft = store.draft<V>(key);
  return {
    key,
    value: draft !== undefined ? draft : said,
    already: said !== undefined,
    dirty: draft !== undefined && JSON.stringify(draft) !== JSON.stringify(said),
    fate: store.fate(key) || (known && { state: 'counted' as const }),
    put: (value: V) => store.setDraft(key, value),
    cast: (ballot: Ballot, text: string, pictures?: string[]) =>
      store.cast(key, ballot, known?.seq, { title: titleOf(store.now as Now), text, pictures }),
  };
}

type Form<K> = Extract<BallotForm, { kind: K }>;

function ScaleScreen(props: { store: Store; ballot: Form<'scale'>; live?: ComponentChildren }) {
  const { store, ballot, live } = props;
  const mine = useBallot<number>(store, (b) => (b?.kind === 'scale' ? b.value : undefined));
  const { low, high } = ballot;
  return (
    <Screen
      name="vote-screen"
      head={<Question store={store} />}
      foot={
        <SendBar
          {...mine}
          ready={mine.value !== undefined}
          send={P().send}
          change={P().change}
          onSend={() => mine.cast({ kind: 'scale', value: mine.value as number }, String(mine.value))}
        />
      }
    >
      {live}
      <Scale
        name={mine.key}
        low={low}
        high={high}
        lowLabel={pick(ballot.low_label)}
        highLabel={pick(ballot.high_label)}
        value={mine.value}
        legend={P().rateFrom(low, high)}
        onPick={mine.put}
      />
    </Screen>
  );
}

function ChoiceScreen(props: { store: Store; ballot: Form<'choice'>; live?: ComponentChildren }) {
  const { store, ballot, live } = props;
  const now = store.now as Now;
  const mine = useBallot<string[]>(store, (b) => (b?.kind === 'choice' ? b.options : undefined));
  const chosen = mine.value || [];
  const { min, max } = ballot;
  const single = max === 1;
  const options = now.shuffle_items ? store.shuffled(ballot.options, now.activity) : ballot.options;
  const pictures = options.some((o) => pictureName(o.picture));
  const toggle = (id: string) => {
    if (single) return mine.put([id]);
    mine.put(chosen.includes(id) ? chosen.filter((c) => c !== id) : [...chosen, id]);
  };
  const words = single ? P().chooseOne : min === max ? P().chooseExactly(max) : P().chooseUpTo(max);
  const titles = ballot.options.filter((o) => chosen.includes(o.id));
  const send = () =>
    mine.cast(
      { kind: 'choice', options: chosen },
      titles.map((o) => pick(o.title) || pictureName(o.picture)).join(' · '),
      titles.map((o) => o.picture || '').filter(Boolean),
    );
  return (
    <Screen
      name="vote-screen"
      head={<Question store={store} />}
      foot={
        <SendBar
          {...mine}
          ready={chosen.length >= min && chosen.length <= max}
          send={P().send}
          change={P().change}
          note={!single && <p class="count">{P().chosen(chosen.length, max)}</p>}
          onSend={send}
        />
      }
    >
      {live}
      <fieldset class={pictures ? 'choice pictures' : 'choice'}>
        <legend class="hint">{words}</legend>
        <div class="options">
          {options.map((option) => (
            <Choice
              key={option.id}
              option={option}
              name={mine.key}
              single={single}
              checked={chosen.includes(option.id)}
              full={!single && chosen.length >= max}
              onToggle={() => toggle(option.id)}
            />
          ))}
        </div>
      </fieldset>
    </Screen>
  );
}

function Choice(props: {
  option: Option;
  name: string;
  single: boolean;
  checked: boolean;
  full: boolean;
  onToggle: () => void;
}) {
  const { option, name, single, checked, full, onToggle } = props;
  return (
    <label class="option">
      <input
        type={single ? 'radio' : 'checkbox'}
        name={name}
        value={option.id}
        checked={checked}
        disabled={full && !checked}
        onChange={onToggle}
      />
      <Picture name={option.picture} />
      <span class="option-text">{pick(option.title) || pictureName(option.picture) || option.id}</span>
      <span class="tick" aria-hidden="true" />
    </label>
  );
}
