// What the team adds by itself: topics where it alone collects, and the notes of tables that wrote theirs
// on paper.
import { useState } from 'preact/hooks';
import { pick } from '../core/language';
import type { ConsoleActivity } from '../core/types';
import { F } from '../words/presenter';
import { S } from '../words/shared';
import { issue, may, stage } from './desk';
import { Input, Panel, Select, Small } from './parts';

const NOTES = ['seated', 'closing', 'closed', 'revealed'];

export function AddItem({ a }: { a: ConsoleActivity }) {
  const now = stage.value?.now;
  const [text, setText] = useState('');
  const [values, setValues] = useState<Record<string, string>>({});
  const [table, setTable] = useState('');
  const collect = now?.activity === a.activity ? now.collect : undefined;
  const tables = (a.tables || []).filter((one) => !(a.items || []).some((item) => item.table === one.number));
  const notes = !!a.tables && NOTES.includes(a.phase) && tables.length > 0;
  const topics = collect?.who === 'staff' && a.phase === 'collecting';
  if (!collect || !may('run') || !(notes || topics)) return null;
  const { fields } = collect;
  const number = tables.some((one) => String(one.number) === table) ? Number(table) : tables[0]?.number;
  const said: Record<string, string> = Object.fromEntries(Object.entries(values).map(([id, value]) => [id, value.trim()]).filter(([, value]) => value));
  const ready = fields ? fields.every((field) => !field.required || said[field.id]) && Object.keys(said).length > 0 : text.trim();
  const add = () => {
    const { activity, generation } = a;
    const words = fields ? Object.values(said)[0] : text.trim();
    const order = { type: 'item.add', activity, generation, ...(fields ? { fields: said } : { text: text.trim() }) };
    issue(F().didAdd(words), { ...order, ...(notes && { table: number }) });
    setText('');
    setValues({});
  };
  return (
    <Panel title={F().addTitle} name="add-item">
      {notes && <Select id="add-table" label={F().noteOf} value={String(number)} onValue={setTable} options={tables.map((one) => [String(one.number), S().table(one.number)])} />}
      {fields ? (
        fields.map((field) => (
          <Input key={field.id} id={`add-${field.id}`} label={pick(field.title) || field.id} rows={2} value={values[field.id] || ''} onText={(value) => setValues({ ...values, [field.id]: value })} />
        ))
      ) : (
        <Input id="add-text" label={F().addText} rows={2} value={text} onText={setText} />
      )}
      <Small strong disabled={!ready} onClick={add}>
        {F().addIt}
      </Small>
    </Panel>
  );
}
