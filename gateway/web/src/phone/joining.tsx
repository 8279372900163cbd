// Coming in: the code, and what happens with what one says.
import { language } from '../core/language';
import { spaced } from '../core/numbers';
import type { Notice, Privacy } from '../core/types';
import { P } from '../words/phone';
import { LanguageChoice } from './day';
import { lastCode } from './join';
import { BigButton, Screen, Title } from './parts';

export interface Joining {
  code: string;
  text: string;
  busy: boolean;
}

export function JoinScreen(props: { joining: Joining; onCode: (code: string) => void; onEnter: (code: string) => void }) {
  const { joining, onCode, onEnter } = props;
  const ready = /^\d{6}$/.test(joining.code) && !joining.busy;
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
            {joining.busy ? P().oneMoment : P().join}
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
          onInput={(event) => onCode(event.currentTarget.value.replace(/\D/g, '').slice(0, 6))}
        />
        <p id="join-problem" class="problem-text" role="alert" lang={language.value === 'en' ? undefined : 'en'}>
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

// From a server that tells only what the run sheet says.
export function PrivacyScreen({ privacy, onRead }: { privacy: Privacy; onRead: () => void }) {
  return (
    <Screen
      name="privacy-screen"
      head={<Title>{P().privacyTitle}</Title>}
      foot={<BigButton onClick={onRead}>{P().privacyGo}</BigButton>}
    >
      <div class="prose">
        <p>{P().privacyHow}</p>
        <p>{P().privacyWho(privacy.controller)}</p>
        <p>{P().privacyDays(privacy.retention_days)}</p>
        <p>{P().privacyAsk(privacy.contact)}</p>
      </div>
    </Screen>
  );
}
