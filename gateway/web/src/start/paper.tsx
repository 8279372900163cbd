// Two sheets of paper: how to get in, for everybody, and the links of those who run the day, which
// nobody else may see. Black on white.
import { pick } from '../core/language';
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

function GuestSheet({ room: { links, code, title, locked } }: { room: Room }) {
  return (
    <>
      <h2>
        <bdi>{pick(title)}</bdi>
      </h2>
      <p class="sheet-lead">{locked ? T().scanBadge : T().scanJoin}</p>
      {!locked && (
        <>
          <QrCode text={links.attendee} label={T().qrJoin(links.attendee)} />
          <p>{T().orType}</p>
          <p class="sheet-address">{host(links.attendee)}</p>
          <p class="sheet-code">{spaced(code)}</p>
        </>
      )}
      <p>{T().noApp}</p>
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
