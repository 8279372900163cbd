// Tables on the big screen: which are where, what they talk about, how full they are.
import { Beside } from '../charts/charts';
import { pick } from '../core/language';
import type { Now, Stage, Table } from '../core/types';
import { D } from '../words/display';
import { S } from '../words/shared';
import { Frame, Ring, Said } from './parts';
import { RoundLine } from './screens';
import type { Clock } from './stages';

const ROOMY = 12; // tables up to which there is space for whole sentences

export function TablesScreen({ stage, now, time }: { stage: Stage; now: Now; time: Clock }) {
  const tables = now.tables || [];
  return (
    <Frame stage={stage} name="tables">
      <div class="asked">
        <div class="tables-head">
          <div>
            <RoundLine now={now} rounds={now.rounds || 1} />
            <Said as="h1" class="long" say={() => D().goToTable} />
          </div>
          <Ring time={time} />
        </div>
        <ul class={tables.length > ROOMY ? 'table-plan many' : 'table-plan'}>
          {tables.map((table) => (
            <TableCard table={table} key={table.number} />
          ))}
        </ul>
      </div>
    </Frame>
  );
}

function TableCard({ table }: { table: Table }) {
  return (
    <li class={table.seated >= table.places ? 'full' : ''}>
      <b>
        <span class="unseen">{S().table(table.number)}</span>
        <span aria-hidden="true">{table.number}</span>
      </b>
      <p>
        <strong>{pick(table.title) || D().openTable}</strong>
        <Beside say={() => pick(table.title) || D().openTable} />
        <small>
          {D().seatedOf(table.seated, table.places)}
          {table.hosted && ` · ${D().hosted}`}
        </small>
      </p>
    </li>
  );
}
