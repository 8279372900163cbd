// The record of the day: as it is so far, its versions, what is redacted in it, and what the organisers
// add. What is published, everybody may read.
import { useEffect, useState } from 'preact/hooks';
import { nameOf } from '../charts/charts';
import type { Console } from '../core/types';
import { F } from '../words/presenter';
import { ask, inRoom, save } from './api';
import { complain, deeds, may, room } from './desk';
import { Careful, Panel, Select, Small } from './parts';
import { calledSo, titleOf } from './steps';

const FORMATS = ['html', 'xlsx', 'csv', 'md', 'json'];
const REASONS = ['personal', 'hurtful', 'confidential', 'asked', 'other'];

interface Version {
  version: number;
  entries: number;
  role: string;
  time?: string;
  published?: number;
  documents: { language: string; digest: string; address: string }[];
}
interface Redaction {
  activity: string;
  item: string;
  reason: string;
}
interface DayRecord {
  entries: number;
  versions: Version[];
  redacted: Redaction[];
}

export function RecordPanels({ console: view }: { console: Console }) {
  const [record, setRecord] = useState<DayRecord | null>(null);
  const load = async () => setRecord((await ask<DayRecord>('GET', inRoom('/record'))) || null);
  useEffect(() => {
    if (room.value) load();
  }, [room.value]);
  return (
    <>
      {may('run') && <SoFar console={view} />}
      {record && may('run') && <Versions record={record} done={load} />}
      {record && <Redacting console={view} redacted={record.redacted} done={load} />}
    </>
  );
}

function SoFar({ console: view }: { console: Console }) {
  const name = `record-${view.room.code}`;
  const tags = view.room.languages;
  return (
    <Panel title={F().record} name="record">
      <p class="hint">{F().recordHint}</p>
      {tags.map((tag) => (
        <div role="group" aria-label={calledSo(tag)} key={tag}>
          {tags.length > 1 && <h3>{calledSo(tag)}</h3>}
          <div class="item-acts">
            {FORMATS.filter((format) => format !== 'json' || tag === tags[0]).map((format) => (
              <Small key={format} onClick={() => save(inRoom(`/report.${tag}.${format}`), `${name}.${tag}.${format}`)}>
                {F().recordFiles[format]}
              </Small>
            ))}
          </div>
        </div>
      ))}
    </Panel>
  );
}

function said(words: string) {
  const time = new Date().toTimeString().slice(0, 5);
  deeds.value = [{ id: `record-${Date.now()}`, time, at: 0, words }, ...deeds.value];
}

function Versions({ record, done }: { record: DayRecord; done: () => void }) {
  const [figures, setFigures] = useState<{ name: string; content: object } | null>(null);
  const next = record.versions.length + 1;
  const approve = async () => {
    const body = { version: next, ...(figures && { figures: figures.content }) };
    if (!(await ask('POST', inRoom('/record/approve'), body))) return;
    said(F().didApprove(next));
    setFigures(null);
    done();
  };
  const publish = async (version: number) => {
    if (!(await ask('POST', inRoom('/record/publish'), { version }))) return;
    said(F().didPublish(version));
    done();
  };
  return (
    <Panel title={F().versions} name="versions">
      <p class="hint">{record.versions.length ? F().versionsHint : F().noVersions}</p>
      <ul>
        {record.versions.map((v) => (
          <li class="item" key={v.version}>
            <p>
              <strong>{F().version(v.version)}</strong> · {F().approvedBy(F().roles[v.role] || v.role, timeOf(v.time), v.entries)}
            </p>
            <p class="link-row">
              {v.published !== undefined
                ? v.documents.map(({ language, address, digest }) => (
                    <a key={language} href={address} target="_blank" rel="noopener" title={digest}>
                      {F().readIt(calledSo(language))}
                    </a>
                  ))
                : F().notPublished}
            </p>
            {v.published === undefined && (
              <Careful words={F().publish(v.version)} sure={F().publishSure} act={() => publish(v.version)} />
            )}
          </li>
        ))}
      </ul>
      <Figures figures={figures} setFigures={setFigures} key={next} />
      <Careful words={F().approve(next)} sure={F().approveSure} act={approve} />
    </Panel>
  );
}

const timeOf = (time = '') => time.replace('T', ' ').slice(0, 16);

// What was counted elsewhere, with its source: a file that goes into the next version.
function Figures(props: {
  figures: { name: string; content: object } | null;
  setFigures: (figures: { name: string; content: object } | null) => void;
}) {
  const { figures, setFigures } = props;
  const read = async (file?: File) => {
    if (!file) return setFigures(null);
    try {
      setFigures({ name: file.name, content: JSON.parse(await file.text()) as object });
    } catch {
      complain(F().notJson);
    }
  };
  const counted = (figures?.content as { figures?: unknown[] } | undefined)?.figures?.length || 0;
  return (
    <div class="input">
      <label for="figures">{F().figures}</label>
      <input id="figures" type="file" accept=".json,application/json" onChange={(event) => read(event.currentTarget.files?.[0])} />
      {figures && <p class="hint">{F().figuresRead(figures.name, counted)}</p>}
    </div>
  );
}

function Redacting({ console: view, redacted, done }: { console: Console; redacted: Redaction[]; done: () => void }) {
  const [activity, setActivity] = useState('');
  const [item, setItem] = useState('');
  const [reason, setReason] = useState('personal');
  const written = view.activities.filter((a) => a.items?.length);
  const a = written.find((b) => b.activity === activity);
  const send = async (of: string, one: string, why: string) => {
    if (!(await ask('POST', inRoom('/record/redact'), { activity: of, item: one, reason: why }))) return;
    said(why === 'none' ? F().didShowAgain : F().didRedact);
    setItem('');
    done();
  };
  const words = ({ activity: of, item: id }: Redaction) => {
    const found = view.activities.find((b) => b.activity === of)?.items?.find((one) => one.id === id);
    return found ? nameOf(found) : id.slice(0, 8);
  };
  return (
    <Panel title={F().redacted} name="redacted">
      <p class="hint">{F().redactHint}</p>
      <ul>
        {redacted.filter((r) => r.reason !== 'none').map((r) => (
          <li class="item" key={`${r.activity}/${r.item}`}>
            {words(r)} · {F().reasons[r.reason] || r.reason}{' '}
            <Small onClick={() => send(r.activity, r.item, 'none')}>{F().showAgain}</Small>
          </li>
        ))}
      </ul>
      <Select id="redact-activity" label={F().redactIn} value={activity} onValue={setActivity} options={[['', '–'], ...written.map((b): [string, string] => [b.activity, titleOf(b)])]} />
      {a && <Select id="redact-item" label={F().redactWhat} value={item} onValue={setItem} options={[['', '–'], ...(a.items || []).map((one): [string, string] => [one.id, nameOf(one).slice(0, 90)])]} />}
      {a && item && (
        <>
          <Select id="redact-reason" label={F().redactWhy} value={reason} onValue={setReason} options={REASONS.map((r): [string, string] => [r, F().reasons[r]])} />
          <Small strong onClick={() => send(activity, item, reason)}>
            {F().redact}
          </Small>
        </>
      )}
    </Panel>
  );
}
