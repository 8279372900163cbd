// Paper ballots, keyed in under the serial number that is printed on them.
import { useState } from 'preact/hooks';
import { nameOf } from '../charts/charts';
import { pick } from '../core/language';
import { local } from '../core/keep';
import type { Ballot, Now } from '../core/types';
import { F } from '../words/presenter';
import { deeds, issue, stage } from './desk';
import { Input, Panel } from './parts';

// A serial number is one person's in an activity; each time it is typed in counts above the last.
function nextSeq(key: string): number {
  const seqs = { ...local.get<Record<string, number>>('plenum.paper.seqs') };
  // Another keyer's browser may have been first: the clock is above any count of theirs.
  seqs[key] = Math.max((seqs[key] || 0) + 1, Math.floor(Date.now() / 1000) % 1000000000);
  local.set('plenum.paper.seqs', seqs);
  return seqs[key];
}

export function PaperPanel() {
  const now = stage.value?.now;
  if (!now || !['voting', 'closing', 'collecting', 'scoring'].includes(now.phase)) {
    return (
      <Panel title={F().paper}>
        <p class="hint">{F().noPaperNow}</p>
      </Panel>
    );
  }
  return (
    <Panel title={F().paper} name="paper">
      <p class="paper-of">{pick(now.title)}</p>
      <p class="hint">{F().paperHint}</p>
      <PaperForm now={now} key={`${now.activity}/${now.generation}/${now.phase}`} />
      <Warnings />
    </Panel>
  );
}

const LATEST = 5;

// What was taken and is to be looked at again: a serial number that was never printed.
function Warnings() {
  const found = deeds.value.filter((deed) => deed.warning).slice(0, LATEST);
  return (
    <ul class="warnings" role="status">
      {found.map((deed) => (
        <li class="warn" key={deed.id}>
          {deed.time} {deed.words}: {deed.warning}
        </li>
      ))}
    </ul>
  );
}

function PaperForm({ now }: { now: Now }) {
  const [serial, setSerial] = useState('');
  const [text, setText] = useState('');
  const [values, setValues] = useState<Record<string, number>>({});
  const [card, setCard] = useState('');
  const { activity, generation } = now;
  const slug = serial.trim().toLowerCase();
  const good = /^[a-z0-9][a-z0-9-]{0,63}$/.test(slug);
  const writing = now.phase === 'collecting' || !now.ballot;
  const clear = () => {
    setSerial('');
    setText('');
    setValues({});
    setCard('');
  };
  const ballot = writing ? undefined : ballotOf(now, values, text, Number(card));
  const enter = () => {
    const base = { activity, generation, serial: slug };
    if (writing) issue(F().keyed(slug), { type: 'item.add', ...base, text: text.trim(), ...(card && { number: Number(card) }) });
    else issue(F().keyed(slug), { type: 'ballot.cast', ...base, seq: nextSeq(`${activity}/${generation}/${slug}`), ballot });
    clear();
  };
  const needsCard = now.deal?.deck === 'paper';
  return (
    <form
      class="paper-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (good && (writing ? text.trim() : ballot)) enter();
      }}
    >
      <Input id="serial" label={F().serial} value={serial} onText={setSerial} />
      {needsCard && <Input id="paper-card" kind="number" label={F().cardNumber} value={card} onText={setCard} />}
      {writing ? (
        <Input id="paper-text" label={F().paperText} rows={3} value={text} onText={setText} />
      ) : (
        <PaperFields now={now} values={values} setValues={setValues} text={text} setText={setText} />
      )}
      <button type="submit" class="small strong" disabled={!good || !(writing ? text.trim() : ballot)}>
        {writing ? F().keyInText : F().keyIn}
      </button>
    </form>
  );
}

interface Fields {
  now: Now;
  values: Record<string, number>;
  setValues: (values: Record<string, number>) => void;
  text: string;
  setText: (text: string) => void;
}

function PaperFields({ now, values, setValues, text, setText }: Fields) {
  const { ballot, items = [] } = now;
  const put = (id: string, typed: string) => {
    const next = { ...values };
    const n = parseInt(typed, 10);
    if (Number.isNaN(n)) delete next[id];
    else next[id] = n;
    setValues(next);
  };
  const numberFor = (id: string, words: string) => (
    <Input key={id} id={`paper-${id}`} kind="number" label={words} value={values[id] ?? ''} onText={(typed) => put(id, typed)} width="beside" />
  );
  switch (ballot?.kind) {
    case 'choice':
      return (
        <fieldset class="checks">
          {ballot.options.map((o) => (
            <label key={o.id}>
              <input type="checkbox" checked={!!values[o.id]} onChange={() => put(o.id, values[o.id] ? '' : '1')} />
              <span>{pick(o.title) || o.id}</span>
            </label>
          ))}
        </fieldset>
      );
    case 'rank':
      return <Input id="paper-order" label={F().inOrder} value={text} onText={setText} />;
    case 'upvote':
      return (
        <fieldset class="checks">
          {items.map((item) => (
            <label key={item.id}>
              <input type="radio" name="paper-upvote" checked={!!values[item.id]} onChange={() => setValues({ [item.id]: 1 })} />
              <span>{nameOf(item)}</span>
            </label>
          ))}
        </fieldset>
      );
    case 'dots':
      return <>{items.filter((i) => !i.merged_into).map((item) => numberFor(item.id, label(item)))}</>;
    default:
      return items.length && !now.deal ? (
        <>{items.map((item) => numberFor(item.id, label(item)))}</>
      ) : (
        numberFor('value', `${ballot?.kind === 'scale' ? `${ballot.low}–${ballot.high}` : ''}`)
      );
  }
}

const label = (item: { number?: number; title?: Now['title'] }) =>
  `${item.number ? `${item.number}. ` : ''}${nameOf(item)}`;

function ballotOf(now: Now, values: Record<string, number>, text: string, card: number): Ballot | undefined {
  const { ballot, items = [], deal } = now;
  const entries = Object.entries(values);
  switch (ballot?.kind) {
    case 'choice':
      return entries.length ? { kind: 'choice', options: entries.map(([id]) => id) } : undefined;
    case 'dots':
      return { kind: 'dots', dots: entries.filter(([, n]) => n > 0).map(([item, dots]) => ({ item, dots })) };
    case 'upvote':
      return entries.length ? { kind: 'upvote', item: entries[0][0], up: true } : undefined;
    case 'rank': {
      const wanted = text.split(/[\s,;]+/).filter(Boolean);
      const found = wanted.map((n) => items.find((item) => String(item.number) === n)?.id);
      return wanted.length && found.every(Boolean) ? { kind: 'rank', items: found as string[] } : undefined;
    }
    default:
      if (deal) {
        const score = values.value;
        return score === undefined || !card ? undefined : { kind: 'score', round: now.round, number: card, score };
      }
      if (items.length) return { kind: 'ratings', ratings: entries.map(([item, value]) => ({ item, value })) };
      return values.value === undefined ? undefined : { kind: 'scale', value: values.value };
  }
}
