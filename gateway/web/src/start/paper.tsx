// Two sheets of paper: how to get in, for everybody, and the links of those who run the day, which
// nobody else may see. Black on white.
import { useEffect } from 'preact/hooks';
import { beside, LANGUAGES, language, pick, speakBeside } from '../core/language';
import { spaced } from '../core/numbers';
import { QrCode } from '../pictures/qr_code';
import { T } from '../words/start';
import { Button } from './parts';
import type { Room } from './state';

const TEAM = ['presenter', 'display', 'moderator', 'keyer', 'producer', 'auditor'];

export function PaperView({ room, team }: { room: Room; team: boolean }) {
  return (
    <main class="paper-view">
      <div class="not-printed">
        <p>
          <a href={`#/room/${room.room}`}>{T().backToRoom}</a>
        </p>
        <h1 tabIndex={-1}>{team ? T().teamSheet : T().guestSheet}</h1>
        <p class="hint">{team ? T().teamSheetHint : T().guestSheetHint}</p>
        <Button strong onClick={() => window.print()}>
          {T().print}
        </Button>
      </div>
      <div class={team ? 'sheet' : 'sheet guests'}>{team ? <TeamSheet room={room} /> : <GuestSheet room={room} />}</div>
    </main>
  );
}

// "http://host:8080/r/482913" -> "host:8080", which people can type.
const host = (link: string) => link.replace(/^https?:\/\//, '').replace(/\/r\/.*$/, '');

// What is said in the reader's language and, in a room of two, in the other below it.
function InBoth({ say, name, as: Tag = 'p' }: { say: () => string; name?: string; as?: 'p' | 'h2' }) {
  const other = beside(say);
  return (
    <Tag class={name}>
      <bdi>{say()}</bdi>
      {other && (
        <span class="sheet-other" lang={other.lang}>
          <bdi>{other.text}</bdi>
        </span>
      )}
    </Tag>
  );
}

function GuestSheet({ room: { links, code, title, locked } }: { room: Room }) {
  const now = language.value;
  useEffect(() => {
    void speakBeside(LANGUAGES.find((tag) => tag !== now && title[tag]));
    return () => void speakBeside();
  }, [now]);
  return (
    <>
      <InBoth as="h2" say={() => pick(title)} />
      <InBoth name="sheet-lead" say={() => (locked ? T().scanBadge : T().scanJoin)} />
      {!locked && (
        <>
          <QrCode text={links.attendee} label={T().qrJoin(links.attendee)} />
          <InBoth say={() => T().orType} />
          <p class="sheet-address">{host(links.attendee)}</p>
          <p class="sheet-code">{spaced(code)}</p>
        </>
      )}
      <InBoth say={() => T().noApp} />
    </>
  );
}

function TeamSheet({ room: { links, code, title } }: { room: Room }) {
  return (
    <>
      <h2>
        <bdi>{pick(title)}</bdi> · {spaced(code)}
      </h2>
      <p class="sheet-warning">{T().keepSecret}</p>
      <ul class="sheet-links">
        {TEAM.filter((role) => links[role]).map((role) => (
          <li key={role}>
            <QrCode text={links[role]} label={T().qrRole(T().roles[role])} />
            <div>
              <h3>{T().roles[role]}</h3>
              <p>{T().roleHints[role]}</p>
              <p class="sheet-link">{links[role]}</p>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
