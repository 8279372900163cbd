// World café and open space: where to go, who hosts, what the table notes; and moving, at any time.
import { useState } from 'preact/hooks';
import { pick } from '../core/language';
import type { Now, Table } from '../core/types';
import { P } from '../words/phone';
import { S } from '../words/shared';
import { Here } from './deck';
import { BigButton, Careful, FateLine, Question, RoundHead, RoundLine, Screen } from './parts';
import type { Store } from './store';
import { OwnTexts, useWriting, WriteForm } from './write';

export const isAtTables = (now: Now) => now.tables !== undefined || now.rounds !== undefined;
const topicOf = (table?: Table) => pick(table?.title) || P().noTopic;

export function TablesScreen({ store, sign }: { store: Store; sign: number }) {
  const now = store.now as Now;
  const [choosing, setChoosing] = useState(false);
  const [scan, setScan] = useState(sign); // until it was followed, or not
  const { table } = store.mine;
  if (now.phase !== 'seated' && now.phase !== 'closing') return <PlanScreen store={store} />;
  const here = table?.now;
  const scanned = scan && scan !== here ? (now.tables || []).find((t) => t.number === scan) : undefined;
  if (scanned) {
    const elsewhere = () => {
      setScan(0);
      setChoosing(true);
    };
    return <SignScreen store={store} table={scanned} onSit={() => setScan(0)} onElsewhere={elsewhere} />;
  }
  if (!here || choosing) {
    return <ChooseScreen store={store} here={here} onDone={() => setChoosing(false)} />;
  }
  return <SeatScreen store={store} here={here} onMove={() => setChoosing(true)} />;
}

// Before the first round: who says "I'm here" is taken into the plan.
function PlanScreen({ store }: { store: Store }) {
  const counted = store.mine.table?.here;
  return (
    <Screen name="plan-screen" head={<Question store={store} />} foot={<Here store={store} />}>
      {counted && <p class="fate counted done-line">{P().counting}</p>}
      <p class="next">{P().planComing}</p>
    </Screen>
  );
}

function SeatScreen(props: { store: Store; here: number; onMove: () => void }) {
  const { store, here, onMove } = props;
  const now = store.now as Now;
  const { next, hosts } = store.mine.table || { here: true };
  const table = (now.tables || []).find((t) => t.number === here);
  const hosting = hosts === here;
  const mayWrite = now.collect?.who === 'everyone' || (now.collect?.who === 'table-hosts' && hosting);
  const fate = store.fate(store.key('host')) || store.fate(store.key('visit'));
  return (
    <Screen
      name="seat-screen"
      head={
        <>
          <RoundLine store={store} />
          <h1 tabIndex={-1} class="seat">
            <span>{hosting ? P().yourTable : P().goToTable}</span> <strong>{here}</strong>
          </h1>
          <p class="topic">{topicOf(table)}</p>
          {next && next !== here ? <p class="then">{P().thenTable(next)}</p> : null}
        </>
      }
      foot={fate?.state === 'problem' && <FateLine fate={fate} />}
    >
      {mayWrite && <NoteForm store={store} />}
      <Notes store={store} here={here} />
      <OwnTexts store={store} />
      <div class="moves">
        {hosting ? (
          <Careful big words={P().handOver} sure={P().handOverSure} act={() => store.host(here, false)} />
        ) : (
          <>
            {/* It keeps its place, so that no tap meets another button. */}
            <BigButton quiet disabled={table?.hosted} onClick={() => store.host(here, true)}>
              {table?.hosted ? P().isHosted : P().hostIt(here)}
            </BigButton>
            {!table?.hosted && <p class="hint">{P().hostWhy}</p>}
          </>
        )}
        <BigButton quiet onClick={onMove}>
          {P().elsewhere}
        </BigButton>
        <p class="hint">{P().freeToMove}</p>
      </div>
    </Screen>
  );
}

function NoteForm({ store }: { store: Store }) {
  const writing = useWriting(store, 'note');
  return (
    <section class="note-form">
      <h2>{P().writeNote}</h2>
      <WriteForm writing={writing} label={P().yourWords} />
      <FateLine fate={writing.fate} counted={P().handedIn} />
      <BigButton disabled={!writing.ready} onClick={writing.handIn}>
        {P().saveNote}
      </BigButton>
    </section>
  );
}

// What others wrote for this table, as soon as it is shown.
function Notes({ store, here }: { store: Store; here: number }) {
  const own = store.mine.contributions || [];
  const notes = (store.now?.items || []).filter(
    (item) => item.table === here && !own.some((c) => c.id === item.id),
  );
  if (!notes.length) return null;
  return (
    <section class="own-texts">
      <h2>{P().notesOfTable}</h2>
      <ul>
        {notes.map((item) => (
          <li class="note" key={item.id}>
            <p class="item-title">{pick(item.title)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ChooseScreen(props: { store: Store; here?: number; onDone: () => void }) {
  const { store, here, onDone } = props;
  const tables = store.now?.tables || [];
  return (
    <Screen
      name="choose-screen"
      head={
        <>
          <RoundHead store={store} title={P().chooseTable} />
          <p class="hint">{P().freeToMove}</p>
        </>
      }
      foot={
        <>
          {!here && <Here store={store} quiet />}
          {here && (
            <BigButton quiet onClick={onDone}>
              {P().backToTable}
            </BigButton>
          )}
        </>
      }
    >
      <ul class="rows tables">
        {tables.map((table) => (
          <li key={table.number}>
            <button
              type="button"
              class="row pick"
              aria-current={table.number === here ? 'true' : undefined}
              onClick={() => {
                store.visit(table.number);
                onDone();
              }}
            >
              <b class="place" aria-hidden="true">
                {table.number}
              </b>
              <span class="item-words">
                <span class="unseen">{S().table(table.number)}: </span>
                <span class="item-title">{topicOf(table)}</span>
                <span class="item-more">
                  {P().places(table.seated, table.places)} · {table.hosted ? P().hasHost : P().noHost}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Screen>
  );
}

// The sign on a table was scanned.
function SignScreen(props: { store: Store; table: Table; onSit: () => void; onElsewhere: () => void }) {
  const { store, table, onSit, onElsewhere } = props;
  const sit = () => {
    store.visit(table.number);
    onSit();
  };
  return (
    <Screen
      name="sign-screen"
      head={
        <>
          <RoundHead store={store} title={P().signTitle(table.number)} />
          <p class="topic">{topicOf(table)}</p>
          <p class="hint">{P().places(table.seated, table.places)}</p>
        </>
      }
      foot={
        <>
          <BigButton onClick={sit}>{P().sitHere(table.number)}</BigButton>
          {!table.hosted && (
            <BigButton
              quiet
              onClick={() => {
                sit();
                store.host(table.number, true);
              }}
            >
              {P().hostIt(table.number)}
            </BigButton>
          )}
          <BigButton quiet onClick={onElsewhere}>
            {P().elsewhere}
          </BigButton>
        </>
      }
    >
      <p class="hint">{P().hostWhy}</p>
    </Screen>
  );
}
