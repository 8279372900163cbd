// What people wrote: the queue of what waits to be read, and everything, to show, hide, reword, mark,
// merge and take apart.
import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { nameOf } from '../charts/charts';
import type { ConsoleActivity, Item } from '../core/types';
import { Picture } from '../pictures/picture';
import { F } from '../words/presenter';
import { S } from '../words/shared';
import { AddItem } from './add_item';
import { issue, may } from './desk';
import { blankAndHide, moderate, rowKeys } from './row_keys';
import { Careful, Input, Panel, Small } from './parts';

const MERGED = ['dots', 'upvote', 'rank', 'words', 'items', 'tables'];
const chosen = signal<string[]>([]);

const label = (item: Item) => `${item.number ? `${item.number}. ` : ''}${nameOf(item)}`;
const isWritten = (item: Item) => /^[0-9a-f]{32}$/.test(item.id);

export function ItemsPanel({ a }: { a: ConsoleActivity }) {
  const items = a.items || [];
  const pending = items.filter((item) => item.state === 'pending' && !item.held);
  const mergeable = may('merge') && MERGED.includes(a.kind) && a.phase !== 'waiting' && a.phase !== 'sealed';
  const here = chosen.value.filter((id) => items.some((item) => item.id === id));
  if (!items.length) {
    return (
      <>
        <AddItem a={a} />
        <Panel title={F().contributions}><p class="hint">{F().queueEmpty}</p></Panel>
      </>
    );
  }
  return (
    <>
      <AddItem a={a} />
      {may('moderate') && (
        <Panel title={F().queue(pending.length)} name="queue">
          {pending.length === 0 && <p class="hint">{F().queueEmpty}</p>}
          <p class="hint">{F().keysHint}</p>
          <ul>
            {pending.map((item, i) => (
              <ItemRow key={item.id} a={a} item={item} first={i === 0} />
            ))}
          </ul>
        </Panel>
      )}
      <Panel title={F().contributions} name="items">
        {mergeable && <p class="hint">{F().mergeHint}</p>}
        {here.length > 1 && <MergeBar a={a} ids={here} />}
        <ul>
          {items
            .filter((item) => !pending.includes(item) && !item.merged_into)
            .map((item, i) => (
              <ItemRow key={item.id} a={a} item={item} mergeable={mergeable} first={i === 0} />
            ))}
        </ul>
      </Panel>
    </>
  );
}

function MergeBar({ a, ids }: { a: ConsoleActivity; ids: string[] }) {
  const items = (a.items || []).filter((item) => ids.includes(item.id));
  const [into, setInto] = useState(ids[0]);
  const target = items.find((item) => item.id === into) || items[0];
  const merge = () => {
    chosen.value = [];
    const from = items.filter((item) => item !== target).map((item) => item.id);
    const { activity } = a;
    issue(
      F().didMerge(items.length, nameOf(target)),
      { type: 'items.merge', activity, into: target.id, from },
      { type: 'items.unmerge', activity, into: target.id },
    );
  };
  return (
    <div class="merge-bar">
      <label>
        {F().mergeInto}{' '}
        <select value={target.id} onChange={(event) => setInto(event.currentTarget.value)}>
          {items.map((item) => (
            <option value={item.id} key={item.id}>
              {label(item)}
            </option>
          ))}
        </select>
      </label>
      <Small strong onClick={merge}>
        {F().merge(items.length)}
      </Small>
    </div>
  );
}

function ItemRow({ a, item, mergeable, first }: { a: ConsoleActivity; item: Item; mergeable?: boolean; first: boolean }) {
  const merged = (a.items || []).filter((other) => other.merged_into === item.id);
  const checked = chosen.value.includes(item.id);
  const toggle = () =>
    (chosen.value = checked ? chosen.value.filter((id) => id !== item.id) : [...chosen.value, item.id]);
  const mayBeChosen = mergeable && !item.state && !item.held;
  const title = nameOf(item);
  const words = (
    <span class="item-words">
      <Picture name={item.picture} />
      <span>{label(item)}</span>
      {item.table ? <small> {S().table(item.table)}</small> : null}
    </span>
  );
  return (
    <li class={`item ${item.state || item.mark || ''}`} {...(may('moderate') && a.phase !== 'sealed' ? rowKeys(a.activity, item, first) : {})}>
      {mayBeChosen ? (
        <label>
          <input type="checkbox" checked={checked} onChange={toggle} />
          {words}
        </label>
      ) : (
        words
      )}
      <State item={item} />
      {merged.length > 0 && (
        <p class="merged">
          {F().merged(merged.map(label).join('; '))}{' '}
          {mergeable && (
            <Small
              onClick={() =>
                issue(
                  F().didUnmerge(title),
                  { type: 'items.unmerge', activity: a.activity, into: item.id },
                  { type: 'items.merge', activity: a.activity, into: item.id, from: merged.map((m) => m.id) },
                )
              }
            >
              {F().unmerge}
            </Small>
          )}
        </p>
      )}
      {a.phase !== 'sealed' && <Moderation a={a} item={item} />}
    </li>
  );
}

function State({ item }: { item: Item }) {
  const words = [item.state && F().states[item.state], item.held && F().held].filter(Boolean);
  return words.length ? <p class="warn">{words.join(' · ')}</p> : null;
}

function Moderation({ a, item }: { a: ConsoleActivity; item: Item }) {
  const [rewording, setRewording] = useState<string | null>(null);
  if (!may('moderate') || item.state === 'erased') return null;
  const { activity } = a;
  const title = nameOf(item);
  const on = { activity, item: item.id };
  const hold = (held: boolean) =>
    issue(held ? F().didHold(title) : F().didRelease(title), { type: 'author.hold', ...on, held }, { type: 'author.hold', ...on, held: !held });
  if (rewording !== null) {
    return (
      <div class="reword">
        <Input id={`reword-${item.id}`} label={F().newText} rows={3} value={rewording} onText={setRewording} />
        <Small
          strong
          disabled={!rewording.trim()}
          onClick={() => {
            issue(F().didReword(title), { type: 'item.reword', ...on, text: rewording.trim() }, { type: 'item.reword', ...on, text: title });
            setRewording(null);
          }}
        >
          {F().save}
        </Small>
        <Small onClick={() => setRewording(null)}>{F().cancel}</Small>
      </div>
    );
  }
  return (
    <div class="item-acts">
      {item.state === 'pending' || item.state === 'hidden' ? (
        <Small strong={item.state === 'pending'} onClick={() => moderate(activity, item, true)}>
          {F().show}
        </Small>
      ) : null}
      {item.state !== 'hidden' && item.state !== 'withdrawn' && <Small onClick={() => moderate(activity, item, false)}>{F().hide}</Small>}
      {!item.state && !item.held && <Small onClick={() => blankAndHide(activity, item)}>{F().blankHide}</Small>}
      {a.kind === 'upvote' && !item.state && <Marks on={on} item={item} />}
      {!item.fields && <Small onClick={() => setRewording(title)}>{F().reword}</Small>}
      {isWritten(item) && (item.held ? <Small onClick={() => hold(false)}>{F().release}</Small> : <Small onClick={() => hold(true)}>{F().hold}</Small>)}
      {isWritten(item) && may('erase') && (
        <Careful words={F().erase} sure={F().eraseSure} act={() => issue(F().didErase, { type: 'item.erase', ...on })} />
      )}
    </div>
  );
}

// A question is live, answered, or neither.
function Marks({ on, item }: { on: { activity: string; item: string }; item: Item }) {
  const is = item.mark || 'none';
  const mark = (to: string) =>
    issue(F().didMark(nameOf(item)), { type: 'item.mark', ...on, mark: to }, { type: 'item.mark', ...on, mark: is });
  const marks: [string, string][] = [
    ['live', F().markLive],
    ['answered', F().markAnswered],
  ];
  return (
    <>
      {marks.map(([name, words]) => (
        <Small key={name} pressed={is === name} onClick={() => mark(is === name ? 'none' : name)}>
          {words}
        </Small>
      ))}
    </>
  );
}
