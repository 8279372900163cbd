// The tables: topics and places are changed here, and all of it is sent at once.
import { useState } from 'preact/hooks';
import { nameOf } from '../charts/charts';
import type { ConsoleActivity, Table } from '../core/types';
import { F } from '../words/presenter';
import { issue } from './desk';
import { Panel, Small } from './parts';

interface Planned {
  number: number;
  capacity: number;
  topic?: string;
}

const MOST = 500;
const planned = (tables: Table[]): Planned[] =>
  tables.map(({ number, places, topic }) => ({ number, capacity: places, ...(topic && { topic }) }));

export function TableBoard({ a }: { a: ConsoleActivity }) {
  const as = planned(a.tables || []);
  const [changed, setChanged] = useState<Planned[] | null>(null);
  const tables = changed || as;
  const topics = (a.items || []).filter((item) => !item.table && !item.merged_into && !item.state);
  const put = (at: number, change: Partial<Planned>) =>
    setChanged(tables.map((t, i) => (i === at ? { ...t, ...change } : t)));
  const twice = new Set(tables.map((t) => t.number)).size < tables.length;
  const { activity, generation } = a;
  const order = (list: Planned[]) => ({ type: 'tables.set', activity, generation, tables: list });
  const send = () => {
    issue(F().didTables(tables.length), order(tables), order(as));
    setChanged(null);
  };
  const add = () => {
    const number = Math.max(0, ...tables.map((t) => t.number)) + 1;
    setChanged([...tables, { number, capacity: tables[0]?.capacity || 10 }]);
  };
  return (
    <Panel title={F().board} name="board">
      <p class="hint">{F().boardHint}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{F().number}</th>
            <th scope="col">{F().topic}</th>
            <th scope="col">{F().places}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {tables.map((table, at) => (
            <tr key={at}>
              <td>
                <Whole label={F().number} value={table.number} onValue={(number) => put(at, { number })} />
              </td>
              <td>
                <select
                  aria-label={F().topic}
                  value={table.topic || ''}
                  onChange={(event) => put(at, { topic: event.currentTarget.value || undefined })}
                >
                  <option value="">{F().noTopic}</option>
                  {topics.map((item) => (
                    <option value={item.id} key={item.id}>
                      {nameOf(item)}
                    </option>
                  ))}
                </select>
              </td>
              <td>
                <Whole label={F().places} value={table.capacity} onValue={(capacity) => put(at, { capacity })} />
              </td>
              <td class="table-acts">
                {a.tables?.find((t) => t.number === table.number)?.hosted && <EndHost a={a} table={table.number} />}
                <Small label={F().removeTable(table.number)} onClick={() => setChanged(tables.filter((_, i) => i !== at))}>
                  ×
                </Small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {twice && <p class="warn">{F().numberTaken}</p>}
      <div class="row-of">
        <Small disabled={tables.length >= MOST} onClick={add}>
          {F().addTable}
        </Small>
        {changed && <Small onClick={() => setChanged(null)}>{F().asItIs}</Small>}
        <Small strong disabled={!changed || twice || !tables.length} onClick={send}>
          {F().sendTables(tables.length)}
        </Small>
      </div>
    </Panel>
  );
}

function EndHost({ a, table }: { a: ConsoleActivity; table: number }) {
  const { activity, generation } = a;
  return (
    <Small onClick={() => issue(F().didEndHost(table), { type: 'table.host', activity, generation, table, hosts: false })}>
      {F().endHost}
    </Small>
  );
}

function Whole({ label, value, onValue }: { label: string; value: number; onValue: (n: number) => void }) {
  return (
    <input
      type="number"
      min={1}
      max={9999}
      aria-label={label}
      value={value}
      onInput={(event) => {
        const typed = parseInt(event.currentTarget.value, 10);
        if (typed > 0 && typed < 10000) onValue(typed);
      }}
    />
  );
}
