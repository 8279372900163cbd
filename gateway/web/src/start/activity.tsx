// The form of one activity: what people are asked, what they choose from, for how long.
import { T } from '../words/start';
import { nameAt } from './day';
import { Choice, Figure, Line, Rows, Texts, Tick, WrongAt } from './parts';
import { at, freeId, kindOf, listAt, type Path } from './sheet';
import { fresh, sheet, valueAt } from './state';
import { pick } from '../core/language';

const MINUTE_MS = 60000;

export function ActivityForm({ index }: { index: number }) {
  const path: Path = ['activities', index];
  const activity = valueAt(path);
  const kind = kindOf(activity);
  const has = (name: string) => at(activity, [name]) !== undefined;
  const ballot = at(activity, ['ballot', 'kind']);
  const label = fresh.value?.labels?.find((one) => one.activity === at(activity, ['id']));
  return (
    <>
      <h2 tabIndex={-1} id="form-title" dir="auto">
        {nameAt(path) || T().untitled}
      </h2>
      <p class="hint">
        {T().kinds[kind] || T().kindUnknown}
        {label && <span class="label"> · {pick(label.text)}</span>}
      </p>
      <WrongAt path={path} />
      <Texts path={[...path, 'title']} label={T().activityTitle} must />
      <Texts path={[...path, 'prompt']} label={T().prompt} rows={3} />
      {ballot === 'choice' && <ChoiceForm path={[...path, 'ballot']} />}
      {ballot === 'scale' && <ScaleForm path={[...path, 'ballot']} />}
      {ballot === 'dots' && (
        <div class="pair">
          <Figure path={[...path, 'ballot', 'budget']} label={T().budget} usual={5} />
          <Figure path={[...path, 'ballot', 'cap']} label={T().cap} hint={T().capHint} />
        </div>
      )}
      {ballot === 'rank' && <Figure path={[...path, 'ballot', 'top']} label={T().top} usual={3} />}
      <WrongAt path={[...path, 'ballot']} />
      {has('carry') && <CarryForm path={[...path, 'carry']} index={index} />}
      {(has('items') || needsItems(activity)) && <ItemsForm path={[...path, 'items']} />}
      {has('collect') && <CollectForm path={[...path, 'collect']} seats={has('seats')} />}
      {has('deal') && <DealForm path={[...path, 'deal']} />}
      {has('seats') && <SeatsForm path={[...path, 'seats']} />}
      <Times path={[...path, 'time']} activity={activity} />
      <div class="ticks">
        <Tick path={[...path, 'reveal']} label={T().live} on="live" off="on-reveal" />
        {(ballot === 'choice' || listAt(activity, ['items']).length > 0 || has('carry')) && (
          <Tick path={[...path, 'shuffle_items']} label={T().shuffle} usual />
        )}
      </div>
      <details>
        <summary>{T().names}</summary>
        <Line path={[...path, 'id']} label={T().id} hint={T().idHint} />
        <Line path={[...path, 'series']} label={T().series} hint={T().seriesHint} />
      </details>
    </>
  );
}

// Judged, and nothing else brings what is judged.
const needsItems = (activity: unknown) => {
  const kind = String(at(activity, ['ballot', 'kind']));
  const brought = at(activity, ['collect']) !== undefined || at(activity, ['carry']) !== undefined;
  return ['dots', 'rank', 'upvote'].includes(kind) && !brought;
};

function ChoiceForm({ path }: { path: Path }) {
  const options: Path = [...path, 'options'];
  return (
    <>
      <Rows path={options} title={T().options} add={T().addOption} nameOf={(i) => nameAt([...options, i])} make={() => ({ id: freeId('option', listAt(sheet.value, options)), title: {} })}>
        {(row) => <Texts path={[...row, 'title']} label={T().option} must />}
      </Rows>
      <div class="pair">
        <Figure path={[...path, 'min']} label={T().atLeast} usual={1} />
        <Figure path={[...path, 'max']} label={T().atMost} usual={1} />
      </div>
      <div class="ticks">
        <Tick path={[...path, 'name_unchosen']} label={T().nameUnchosen} />
      </div>
    </>
  );
}

const ScaleForm = ({ path }: { path: Path }) => (
  <>
    <div class="pair">
      <Figure path={[...path, 'low']} label={T().low} usual={1} />
      <Figure path={[...path, 'high']} label={T().high} usual={5} />
    </div>
    <Texts path={[...path, 'low_label']} label={T().lowLabel} />
    <Texts path={[...path, 'high_label']} label={T().highLabel} />
  </>
);

// The activities before this one, whose items it takes.
function CarryForm({ path, index }: { path: Path; index: number }) {
  const earlier = listAt(sheet.value, ['activities']).slice(0, index);
  const options = earlier.map((activity, i): [string, string] => [String(at(activity, ['id'])), nameAt(['activities', i])]);
  return (
    <div class="pair">
      <Choice path={[...path, 'from']} label={T().carryFrom} options={options} must />
      <Figure path={[...path, 'top']} label={T().carryTop} hint={T().carryTopHint} />
    </div>
  );
}

function ItemsForm({ path }: { path: Path }) {
  const make = () => {
    const list = listAt(sheet.value, path);
    const numbers = list.map((item) => Number(at(item, ['number'])) || 0);
    return { id: freeId('item', list), number: Math.max(0, ...numbers) + 1, title: {} };
  };
  return (
    <Rows path={path} title={T().items} add={T().addItem} nameOf={(i) => nameAt([...path, i])} make={make}>
      {(row) => (
        <>
          <Texts path={[...row, 'title']} label={T().item} must />
          <Figure path={[...row, 'number']} label={T().itemNumber} />
        </>
      )}
    </Rows>
  );
}

function CollectForm({ path, seats }: { path: Path; seats: boolean }) {
  const fields: Path = [...path, 'fields'];
  const several = valueAt(fields) !== undefined;
  return (
    <fieldset class="rows">
      <legend>{T().collect}</legend>
      <WrongAt path={path} />
      <div class="pair">
        <Figure path={[...path, 'each']} label={seats ? T().eachTable : T().each} usual={1} />
        {!several && <Figure path={[...path, 'max_graphemes']} label={T().maxLength} usual={300} />}
        {valueAt([...path, 'words']) !== undefined && <Figure path={[...path, 'words']} label={T().maxWords} />}
      </div>
      <Choice path={[...path, 'who']} label={T().who} options={[['everyone', T().whoEveryone], ['table-hosts', T().whoHosts], ['staff', T().whoStaff]]} />
      <Choice
        path={[...path, 'moderation']}
        label={T().moderation}
        options={[['off', T().moderationOff], ['hide-after', T().moderationAfter], ['approve-first', T().moderationFirst]]}
      />
      {several && (
        <Rows path={fields} title={T().fields} add={T().addField} nameOf={(i) => nameAt([...fields, i])} make={() => ({ id: freeId('field', listAt(sheet.value, fields)), title: {} })}>
          {(row) => (
            <>
              <Texts path={[...row, 'title']} label={T().field} must />
              <Figure path={[...row, 'max_graphemes']} label={T().maxLength} usual={300} />
              <Tick path={[...row, 'required']} label={T().required} usual />
              <Tick path={[...row, 'names_person']} label={T().namesPerson} />
              {valueAt([...row, 'names_person']) === true && <Figure path={[...row, 'retention_days']} label={T().retention} />}
            </>
          )}
        </Rows>
      )}
    </fieldset>
  );
}

const DealForm = ({ path }: { path: Path }) => (
  <div class="pair">
    <Figure path={[...path, 'rounds']} label={T().rounds} usual={5} />
    <Choice path={[...path, 'deck']} label={T().deck} options={[['phones', T().deckPhones], ['paper', T().deckPaper]]} />
  </div>
);

const SeatsForm = ({ path }: { path: Path }) => (
  <fieldset class="rows">
    <legend>{T().seats}</legend>
    <div class="pair">
      <Figure path={[...path, 'rounds']} label={T().seatRounds} usual={1} />
      <Figure path={[...path, 'capacity']} label={T().capacity} usual={10} />
      <Figure path={[...path, 'tables']} label={T().tables} hint={T().tablesHint} />
    </div>
    <div class="ticks">
      <Tick path={[...path, 'planned']} label={T().planned} usual />
    </div>
  </fieldset>
);

// Only the limits that can come to pass here, and those that stand there all the same.
function Times({ path, activity }: { path: Path; activity: unknown }) {
  const has = (name: string) => at(activity, [name]) !== undefined;
  const wanted: [string, boolean, string][] = [
    ['collect_ms', has('collect') && !has('seats'), T().collectTime],
    ['swap_ms', has('deal'), T().swapTime],
    ['score_ms', has('deal'), T().scoreTime],
    ['seat_ms', has('seats'), T().seatTime],
    ['vote_ms', has('ballot') && !has('deal'), T().voteTime],
  ];
  const shown = wanted.filter(([name, fits]) => fits || at(activity, ['time', name]) !== undefined);
  if (!shown.length) return null;
  return (
    <fieldset class="rows">
      <legend>{T().times}</legend>
      <p class="hint">{T().timesHint}</p>
      <div class="pair">
        {shown.map(([name, , words]) => (
          <Figure key={name} path={[...path, name]} label={words} scale={MINUTE_MS} usual="–" />
        ))}
      </div>
    </fieldset>
  );
}
