// The big screens of the room: which is which, what each shows, which one makes the sounds. They
// keep it themselves; what is pressed here reaches those that are connected.
import { useState } from 'preact/hooks';
import { type Screen, type ScreenOrder, screenNumber, type Settings } from '../core/screens';
import type { Console } from '../core/types';
import { F } from '../words/presenter';
import { connection, screens, screensTold, tick } from './desk';
import { Input, Panel, Small } from './parts';
import { calledSo, titleOf } from './steps';

export function ScreensPanel({ console: view }: { console: Console }) {
  const all = screens.value;
  return (
    <>
      <Panel title={F().screens} name="screens">
        <p class="hint">{all.length ? F().screensHint(all.length) : F().noScreens}</p>
        {all.length > 0 && (
          <div class="item-acts" role="group" aria-label={F().allScreens}>
            <Small onClick={() => order({ identify: true })}>{F().identifyAll}</Small>
            <Small onClick={() => order({ set: { held: true } })}>{F().holdAll}</Small>
            <Small onClick={() => order({ set: { held: false } })}>{F().releaseAll}</Small>
          </div>
        )}
        <p class="hint" role="status">
          {screensTold.value}
        </p>
      </Panel>
      {all.map((screen) => (
        <OneScreen screen={screen} console={view} key={screen.screen} />
      ))}
    </>
  );
}

function order(what: ScreenOrder, screen?: string) {
  if (!connection.tell({ type: 'screen.order', ...(screen && { screen }), order: what })) screensTold.value = F().offline;
  tick.value++;
}

const nameOf = (screen: Screen) => screen.name || F().screenNumber(screenNumber(screen.screen));

function OneScreen({ screen, console: view }: { screen: Screen; console: Console }) {
  const { screen: id, held, sound, sound_ready: ready } = screen;
  const set = (settings: Settings) => order({ set: settings }, id);
  return (
    <Panel title={nameOf(screen)} name="one-screen">
      <Name screen={screen} set={set} />
      <Assigned screen={screen} console={view} set={set} />
      <Tongues screen={screen} console={view} set={set} />
      <div class="item-acts">
        <Small label={F().identifyOne(nameOf(screen))} onClick={() => order({ identify: true }, id)}>
          {F().identify}
        </Small>
        <Small pressed={!!held} label={`${F().freeze}: ${nameOf(screen)}`} onClick={() => set({ held: !held })}>
          {F().freeze}
        </Small>
        <Small pressed={!!sound} label={`${F().sound}: ${nameOf(screen)}`} onClick={() => set({ sound: !sound })}>
          {F().sound}
        </Small>
      </div>
      {sound && (
        <>
          <p class={ready ? 'hint' : 'warn'}>{ready ? F().soundReady : F().soundNotReady}</p>
          <div class="item-acts">
            {(['check', 'gong', 'minute'] as const).map((name) => (
              <Small key={name} disabled={!ready} onClick={() => order({ play: name }, id)}>
                {F().sounds[name]}
              </Small>
            ))}
          </div>
        </>
      )}
    </Panel>
  );
}

interface Props {
  screen: Screen;
  console: Console;
  set: (settings: Settings) => void;
}

function Name({ screen, set }: Omit<Props, 'console'>) {
  const [typed, setTyped] = useState<string | null>(null);
  const name = (typed ?? screen.name).trim();
  const save = () => {
    set({ name });
    setTyped(null);
  };
  return (
    <form
      class="row-of"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Input id={`name-${screen.screen}`} label={F().screenName(screenNumber(screen.screen))} value={typed ?? screen.name} onText={(text) => setTyped(text.slice(0, 40))} />
      <button type="submit" class="small" disabled={typed === null || name === screen.name}>
        {F().save}
      </button>
    </form>
  );
}

// Follows the day, shows one activity, or is the monitor of who stands on the stage.
function Assigned({ screen, console: view, set }: Props) {
  const is = screen.mode === 'pinned' ? `pinned/${screen.activity}` : screen.mode;
  const assign = (value: string) => {
    const [mode, activity] = value.split('/');
    set(mode === 'pinned' ? { mode, activity } : { mode: mode as Screen['mode'] });
  };
  const id = `shows-${screen.screen}`;
  return (
    <div class="input">
      <label for={id}>{F().shows}</label>
      <select id={id} value={is} onChange={(event) => assign(event.currentTarget.value)}>
        <option value="follow">{F().follows}</option>
        <option value="monitor">{F().stageMonitor}</option>
        {view.activities.map((a) => (
          <option value={`pinned/${a.activity}`} key={a.activity}>
            {F().pinnedTo(titleOf(a))}
          </option>
        ))}
      </select>
    </div>
  );
}

// One of the room's languages, or two at once; the first is the large one.
function Tongues({ screen, console: view, set }: Props) {
  const room = view.room.languages;
  if (room.length < 2) return null;
  const pairs = room.flatMap((a) => [[a], ...room.filter((b) => b !== a).map((b) => [a, b])]);
  const id = `languages-${screen.screen}`;
  return (
    <div class="input">
      <label for={id}>{F().languages}</label>
      <select id={id} value={screen.languages.join('+')} onChange={(event) => set({ languages: event.currentTarget.value.split('+') })}>
        {pairs.map((tags) => (
          <option value={tags.join('+')} key={tags.join('+')}>
            {tags.map(calledSo).join(' + ')}
          </option>
        ))}
      </select>
    </div>
  );
}

