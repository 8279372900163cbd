// The room itself: who is in, doors, the big screen, what people tell the organisers, what was done,
// and how well the server is copied.
import { useState } from 'preact/hooks';
import { spaced } from '../core/numbers';
import type { Console } from '../core/types';
import { F } from '../words/presenter';
import { copy, deeds, issue, may, takeBack, undoOf } from './desk';
import { Input, Panel, Small } from './parts';

export function RoomPanels({ console: view }: { console: Console }) {
  const { room } = view;
  return (
    <>
      <Panel title={F().room} name="room">
        <p class="room-code">{spaced(room.code)}</p>
        <p>{F().inRoom(room.joined, room.expected)}</p>
        {may('doors') && <Doors console={view} />}
        {(may('moderate') || may('run')) && <Blank blank={!!room.blank} />}
        <CopyLine />
        <p class="hint">{F().keys}</p>
      </Panel>
      <Messages console={view} />
    </>
  );
}

function Doors({ console: { room } }: { console: Console }) {
  const [typed, setTyped] = useState<string | null>(null);
  const locked = room.doors === 'locked';
  const was = { type: 'doors.set', locked, expected_people: room.expected };
  const set = (shut: boolean, expected: number) =>
    issue(F().didDoors(shut, expected), { type: 'doors.set', locked: shut, expected_people: expected }, was);
  const expected = parseInt(typed || '', 10);
  return (
    <>
      <div class="row-of">
        <Input id="expected" kind="number" label={F().expected} value={typed ?? room.expected} onText={setTyped} width="narrow" />
        <Small
          disabled={!(expected >= 0)}
          onClick={() => {
            set(locked, Math.min(100000, expected));
            setTyped(null);
          }}
        >
          {F().set}
        </Small>
      </div>
      <Small onClick={() => set(!locked, room.expected)}>{locked ? F().openDoors : F().lockDoors}</Small>
      {locked && <p class="hint">{F().lockedHint}</p>}
    </>
  );
}

function Blank({ blank }: { blank: boolean }) {
  return (
    <Small
      pressed={blank}
      onClick={() =>
        issue(blank ? F().didUnblank : F().didBlank, { type: 'screens.blank', blank: !blank }, { type: 'screens.blank', blank })
      }
    >
      {blank ? F().unblank : F().blank}
    </Small>
  );
}

// What happens if the server's machine dies.
function CopyLine() {
  const state = copy.value;
  if (!state) return null;
  if (!state.connected) return <p class="warn">{F().copyNone}</p>;
  return (
    <p class="hint">{state.behind ? F().copyBehind((state.behind_ms / 1000).toFixed(1)) : F().copyInStep}</p>
  );
}

function Messages({ console: view }: { console: Console }) {
  const told = view.told || [];
  const fresh = told.filter((word) => !word.heard).length;
  return (
    <Panel title={fresh ? `${F().messages} (${fresh})` : F().messages} name="messages">
      {told.length === 0 && <p class="hint">{F().noMessages}</p>}
      <ul>
        {told.map((word) => (
          <li key={word.id} class={word.heard ? 'heard' : ''}>
            <p>{word.text}</p>
            {!word.heard && (
              <Small onClick={() => issue(F().didHear, { type: 'organiser.hear', told: word.id })}>{F().heard}</Small>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function HistoryPanel() {
  return (
    <Panel title={F().done} name="history">
      {deeds.value.length === 0 && <p class="hint">{F().nothingYet}</p>}
      <ol>
        {deeds.value.map((deed) => (
          <li key={deed.id} class={deed.bad ? 'bad' : ''}>
            <time>{deed.time}</time>
            <span>
              {deed.waits ? F().waiting(deed.words) : deed.words}
              {deed.warning && <strong class="warn"> {deed.warning}</strong>}
            </span>
            {!deed.waits && !deed.undone && !deed.bad && undoOf(deed) && <Small onClick={() => takeBack(deed)}>{F().undo}</Small>}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
