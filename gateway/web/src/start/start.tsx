// The page of organisers: from a sample day, or their own run sheet, to a room and its links.
import { effect } from '@preact/signals';
import { render } from 'preact';
import { useState } from 'preact/hooks';
import { LANGUAGES, language, OWN_NAMES, speak } from '../core/language';
import { T } from '../words/start';
import { BeginView } from './begin';
import { EditView } from './edit';
import { PaperView } from './paper';
import { Button, voice } from './parts';
import { RoomView } from './room';
import { open, refused, rooms, route, takeToken, token } from './state';
import 'theme.css';
import '../base.css';
import '../controls.css';
import './start.css';
import './form.css';
import './paper.css';

function Page() {
  return (
    <>
      <Head />
      {token.value ? (
        <>
          {refused.value && <TokenForm again />}
          <View />
        </>
      ) : (
        <main>
          <h1 tabIndex={-1}>{T().heading}</h1>
          <TokenForm />
        </main>
      )}
    </>
  );
}

function View() {
  const [kind, id, part] = route.value;
  const room = kind === 'room' && rooms.value.find((one) => one.room === id);
  if (room && (part === 'guests' || part === 'team')) return <PaperView room={room} team={part === 'team'} />;
  if (room) return <RoomView room={room} key={room.room} />;
  if (kind === 'draft' && open.value === id) return <EditView key={id} />;
  return <BeginView />;
}

const Head = () => (
  <header class="head not-printed">
    <p class="head-title">
      {THEME_NAME} <span class="head-part">{T().organisers}</span>
    </p>
    <div class="languages" role="group" aria-label={T().pageLanguage}>
      {LANGUAGES.map((tag) => (
        <button type="button" lang={tag} key={tag} aria-pressed={language.value === tag ? 'true' : 'false'} onClick={() => speak(tag, true)}>
          {OWN_NAMES[tag]}
        </button>
      ))}
    </div>
  </header>
);

// Whoever lost the link, or came without it.
function TokenForm({ again }: { again?: boolean }) {
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  return (
    <section class="card token not-printed" aria-labelledby="token-title">
      <h2 id="token-title">{again ? T().refused : T().tokenTitle}</h2>
      <p id="token-hint">{T().tokenHint}</p>
      <div class="input">
        <label for="token">{T().tokenLabel}</label>
        <input
          id="token"
          type="text"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          aria-describedby="token-hint"
          aria-invalid={wrong ? 'true' : undefined}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      {wrong && <p class="wrong">{T().tokenWrong}</p>}
      <Button strong disabled={!typed} onClick={() => setWrong(!takeToken(typed))}>
        {T().goOn}
      </Button>
    </section>
  );
}

async function start() {
  const spoken = document.getElementById('voice') as HTMLElement;
  voice.say = (words) => (spoken.textContent = words);
  await speak();
  effect(() => {
    document.documentElement.lang = language.value;
    document.title = `${T().organisers} – ${THEME_NAME}`;
  });
  render(<Page />, document.getElementById('app') as HTMLElement);
  // Another view: it is read from its heading on.
  let before = route.value.join('/');
  effect(() => {
    const here = route.value.join('/');
    if (here === before) return;
    before = here;
    setTimeout(() => {
      window.scrollTo(0, 0);
      document.querySelector<HTMLElement>('h1')?.focus();
    });
  });
}

void start();
