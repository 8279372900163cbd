// My day: what this person said, on this phone only; the language, the group, a word to the team.
import { useState } from 'preact/hooks';
import { pick } from '../core/language';
import type { Said } from '../core/outbox';
import type { Now } from '../core/types';
import { Picture } from '../pictures/picture';
import { P } from '../words/phone';
import { S } from '../words/shared';
import { GroupScreen, LanguageChoice } from './joining';
import { BigButton, Careful, FateLine, Screen, Title } from './parts';
import { CountedLine } from './quiet';
import { ResultScreen } from './results';
import type { Store } from './store';

const GOOD = ['counted', 'accepted', 'duplicate', 'ignored', undefined];

export function DayScreen(props: { store: Store; onBack: () => void; onLeave: () => void }) {
  const { store, onBack, onLeave } = props;
  const [telling, setTelling] = useState(false);
  const [grouping, setGrouping] = useState(false);
  const [reading, setReading] = useState<Now | undefined>(undefined);
  if (telling) return <TellScreen store={store} onBack={() => setTelling(false)} />;
  if (grouping) return <GroupScreen store={store} onDone={() => setGrouping(false)} />;
  if (reading) {
    const back = <BigButton onClick={() => setReading(undefined)}>{P().back}</BigButton>;
    return <ResultScreen store={store} now={reading} foot={back} />;
  }
  const groups = store.stage.value?.room.groups || [];
  const group = groups.find((g) => g.id === store.keep('group'));
  return (
    <Screen
      name="day-screen"
      head={<Title>{P().myDay}</Title>}
      foot={<BigButton onClick={onBack}>{P().back}</BigButton>}
    >
      <CountedLine store={store} />
      <Answers store={store} />
      <Seats store={store} />
      <Results store={store} onRead={setReading} />
      <dl class="settings">
        <div>
          <dt>{P().language}</dt>
          <dd>
            <LanguageChoice />
          </dd>
        </div>
        {groups.length > 0 && (
          <div>
            <dt>{P().yourGroup}</dt>
            <dd>
              {group ? pick(group.title) || group.id : S().noGroup}{' '}
              <button type="button" class="link" onClick={() => setGrouping(true)}>
                {P().changeIt}
              </button>
            </dd>
          </div>
        )}
      </dl>
      <BigButton quiet onClick={() => setTelling(true)}>
        {P().tellTeam}
      </BigButton>
      <Careful big words={P().leave} sure={P().leaveSure} act={onLeave} />
    </Screen>
  );
}

// The last thing said under each key, the newest first.
function Answers({ store }: { store: Store }) {
  const newest = new Map<string, Said>();
  for (const said of store.day()) if (said.note) newest.set(said.key + (said.command.type === 'item.add' ? said.id : ''), said);
  const waiting = store.waiting().filter((e) => e.note);
  const rows = [...newest.values()].reverse();
  if (!rows.length && !waiting.length) return <p class="hint">{P().nothingYet}</p>;
  return (
    <ol class="answers">
      {waiting.map((entry) => (
        <Answer key={entry.id} said={entry} store={store} state={P().waitingToSend} />
      ))}
      {rows.map((said) => {
        const good = GOOD.includes(said.outcome);
        const state = !good ? P().notCounted : said.index !== undefined ? P().receipt(said.index) : '';
        return <Answer key={said.id} said={said} store={store} state={state} good={good} />;
      })}
    </ol>
  );
}

function Seats({ store }: { store: Store }) {
  const seats = store.seats();
  if (!seats.length) return null;
  return (
    <section>
      <h2>{P().yourTables}</h2>
      <ul class="answers">
        {seats.map(({ title, round, rounds, table }) => (
          <li key={`${pick(title)}${round}`}>
            <p class="kicker">
              {pick(title)}
              {rounds && rounds > 1 ? ` · ${S().roundOf(round, rounds)}` : ''}
            </p>
            <p>{S().table(table)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

// Every result that was revealed while this page was open, to be read again.
function Results({ store, onRead }: { store: Store; onRead: (now: Now) => void }) {
  const results = store.results();
  if (!results.length) return null;
  return (
    <section>
      <h2>{P().results}</h2>
      <ul>
        {results.map((now) => (
          <li key={now.activity + now.generation}>
            <button type="button" class="link" onClick={() => onRead(now)}>
              {pick(now.title) || pick(now.prompt)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Answer(props: { said: Pick<Said, 'id' | 'note' | 'command'>; store: Store; state: string; good?: boolean }) {
  const { said, store, state, good } = props;
  const { note, command, id } = said;
  const gone = store.day().some((e) => e.key === `withdraw/${id}` && GOOD.includes(e.outcome));
  return (
    <li class={good === false ? 'bad' : ''}>
      <p class="kicker">{note?.title}</p>
      <div class="answer-words">
        {(note?.pictures || []).map((name) => (
          <Picture name={name} key={name} />
        ))}
        <p>{note?.text}</p>
      </div>
      <p class="receipt">{gone ? P().withdrawn : state}</p>
      {command.type === 'item.add' && good && !gone && (
        <Careful words={P().withdraw} sure={P().withdrawSure} act={() => store.withdraw(String(command.activity), id)} />
      )}
    </li>
  );
}

function TellScreen({ store, onBack }: { store: Store; onBack: () => void }) {
  const text = store.draft<string>('told') || '';
  const fate = store.fate('told');
  return (
    <Screen
      name="tell-screen"
      head={<Title>{P().tellTitle}</Title>}
      foot={
        <>
          <FateLine fate={fate} counted={P().told} />
          <BigButton disabled={!text.trim()} onClick={() => store.tellOrganisers(text.trim().slice(0, 1000))}>
            {P().tellSend}
          </BigButton>
          <BigButton quiet onClick={onBack}>
            {P().back}
          </BigButton>
        </>
      }
    >
      <div class="write">
        <label for="told">{P().tellLabel}</label>
        <textarea id="told" rows={5} maxLength={1000} value={text} onInput={(event) => store.setDraft('told', event.currentTarget.value)} />
      </div>
    </Screen>
  );
}
