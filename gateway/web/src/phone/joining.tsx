// Coming in: the code, and what happens with what one says.
import { useState } from 'preact/hooks';
import { LANGUAGES, language, OWN_NAMES, pick, speak } from '../core/language';
import { spaced } from '../core/numbers';
import type { Notice } from '../core/types';
import { P } from '../words/phone';
import { lastCode } from './join';
import { BigButton, Screen, Title } from './parts';
import type { Store } from './store';

export interface Joining {
  code: string;
  text: string; // why not
  busy: boolean;
  badge?: boolean; // a personal code is asked for
  personal?: string;
  read?: string; // the version of the notice that was read
}

const BADGE = 16; // letters and digits of a personal code
// As it is printed: in fours, upper case.
export const badgeWords = (text = '') =>
  text.toUpperCase().replace(/[^A-Z0-9]/g, '').slice(0, BADGE).replace(/(.{4})(?=.)/g, '$1-');

export function LanguageChoice() {
  return (
    <div class="languages" role="group" aria-label={P().language}>
      {LANGUAGES.map((tag) => (
        <button type="button" lang={tag} key={tag} aria-pressed={language.value === tag ? 'true' : 'false'} onClick={() => speak(tag, true)}>
          {OWN_NAMES[tag]}
        </button>
      ))}
    </div>
  );
}

export function JoinScreen(props: { joining: Joining; onChange: (change: Partial<Joining>) => void; onEnter: (code: string) => void }) {
  const { joining, onChange, onEnter } = props;
  const { personal = '', badge, busy } = joining;
  const ready = /^\d{6}$/.test(joining.code) && !busy && (!badge || personal.length > BADGE);
  const last = lastCode();
  return (
    <Screen
      name="join-screen"
      head={
        <>
          <div class="brand">
            <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
              <path fill-rule="evenodd" d={THEME_MARK} />
            </svg>
            <p>{THEME_NAME}</p>
            <LanguageChoice />
          </div>
          <Title>{P().joinTitle}</Title>
        </>
      }
      foot={
        <>
          <p class="hint">{P().noAccount}</p>
          <BigButton disabled={!ready} onClick={() => onEnter(joining.code)}>
            {busy ? P().oneMoment : P().join}
          </BigButton>
          {last && last !== joining.code && (
            <BigButton quiet onClick={() => onEnter(last)}>
              {P().backTo(spaced(last))}
            </BigButton>
          )}
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) onEnter(joining.code);
        }}
      >
        <label for="code">{P().codeLabel}</label>
        <input
          id="code"
          class="code"
          inputMode="numeric"
          autocomplete="off"
          maxLength={7}
          placeholder="000 000"
          value={spaced(joining.code)}
          aria-describedby="join-problem"
          onInput={(event) => onChange({ code: event.currentTarget.value.replace(/\D/g, '').slice(0, 6), badge: false })}
        />
        {badge && (
          <>
            <label for="badge">{P().badgeLabel}</label>
            <input
              id="badge"
              class="code badge"
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              placeholder="ABCD-EFGH-JKLM-NPQR"
              value={personal}
              aria-describedby="join-problem"
              onInput={(event) => onChange({ personal: badgeWords(event.currentTarget.value) })}
            />
          </>
        )}
        <p id="join-problem" class="problem-text" role="alert">
          {joining.text}
        </p>
      </form>
    </Screen>
  );
}

// The whole notice, in the language of the page.
export function NoticeScreen({ notice, onRead }: { notice: Notice; onRead: () => void }) {
  const { notices } = notice;
  const mine = notices.find((n) => n.language === language.value) || notices[0];
  return (
    <Screen
      name="privacy-screen"
      head={
        <>
          <LanguageChoice />
          <Title>{mine.title}</Title>
        </>
      }
      foot={<BigButton onClick={onRead}>{P().privacyGo}</BigButton>}
    >
      {mine.sections.map((section) => (
        <section class="notice" key={section.title}>
          <h2>{section.title}</h2>
          {section.lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </section>
      ))}
    </Screen>
  );
}

// Asked once on joining, if the room has groups. Nobody has to say.
export function GroupScreen({ store, onDone }: { store: Store; onDone: () => void }) {
  const groups = store.stage.value?.room.groups || [];
  const kept = store.keep<string>('group');
  const [chosen, setChosen] = useState(kept);
  const options = [...groups.map((g) => ({ id: g.id, words: pick(g.title) || g.id })), { id: '', words: P().groupNone }];
  return (
    <Screen
      name="group-screen"
      head={
        <>
          <Title>{P().groupTitle}</Title>
          <p class="hint">{P().groupWhy}</p>
        </>
      }
      foot={
        <BigButton
          disabled={chosen === undefined}
          onClick={() => {
            store.setKept('group', chosen);
            onDone();
          }}
        >
          {P().groupGo}
        </BigButton>
      }
    >
      <fieldset class="choice">
        <legend class="unseen">{P().groupTitle}</legend>
        <div class="options">
          {options.map(({ id, words }) => (
            <label class="option" key={id}>
              <input type="radio" name="group" value={id} checked={chosen === id} onChange={() => setChosen(id)} />
              <span class="option-text">{words}</span>
              <span class="tick" aria-hidden="true" />
            </label>
          ))}
        </div>
      </fieldset>
    </Screen>
  );
}
