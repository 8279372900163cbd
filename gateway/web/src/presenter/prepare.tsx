// Before the day and beside it: the phones' link, a remote, links for others, what can be printed, and
// a rehearsal of the day.
import { useEffect, useState } from 'preact/hooks';
import type { Console, ConsoleActivity } from '../core/types';
import { QrCode } from '../pictures/qr_code';
import { F } from '../words/presenter';
import { ask, inRoom, save } from './api';
import { complain, issue, may, room, token, tokenId } from './desk';
import { Careful, Input, Panel, Small } from './parts';
import { RehearsalPanel } from './rehearsal';
import { titleOf } from './steps';

export function PreparePanels({ console: view }: { console: Console }) {
  const code = view.room.code || '';
  return (
    <>
      <Panel title={F().phonesLink} name="links">
        <CopyLink link={`${location.origin}/r/${code}`} />
      </Panel>
      {may('run') && <RemotePanel code={code} />}
      {may('links') && <LinksPanel console={view} />}
      {may('run') && <PrintPanel console={view} />}
      {may('links') ? <RehearsalPanel /> : <p class="hint">{F().producerHas}</p>}
    </>
  );
}

export function CopyLink({ link }: { link: string }) {
  const [copied, setCopied] = useState(false);
  const put = async () => {
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
      setTimeout(() => setCopied(false), 3000);
    } catch {
      complain(F().cannotCopy);
    }
  };
  return (
    <p class="link-row">
      <a href={link} target="_blank" rel="noopener">
        {link}
      </a>{' '}
      <Small onClick={put}>{copied ? F().copied : F().copy}</Small>
    </p>
  );
}

const SHOWN_MS = 60000; // for so long the code of a remote can be scanned

// This page's own link, for a phone: whoever scans it runs the day, so it is not there all the time.
function RemotePanel({ code }: { code: string }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!shown) return undefined;
    const timer = setTimeout(() => setShown(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  const link = `${location.origin}/f/${code}#t=${token}&remote`;
  return (
    <Panel title={F().remote} name="remote-link">
      <p class="hint">{F().remoteHint}</p>
      {shown && <QrCode text={link} label={F().remote} />}
      <Small pressed={shown} onClick={() => setShown(!shown)}>
        {shown ? F().remoteHide : F().remoteShow}
      </Small>
    </Panel>
  );
}

const ROLES = ['presenter', 'moderator', 'keyer', 'display', 'auditor', 'producer'];

// Links made one by one, each with a name, so that each can be withdrawn alone.
function LinksPanel({ console: view }: { console: Console }) {
  const [role, setRole] = useState('keyer');
  const [name, setName] = useState('');
  const [made, setMade] = useState<{ name: string; link: string } | null>(null);
  const make = async () => {
    const called = name.trim();
    const answer = await ask<{ link: string }>('POST', inRoom('/links'), { role, name: called });
    if (!answer) return;
    setMade({ name: called, link: answer.link });
    setName('');
  };
  return (
    <Panel title={F().links} name="links">
      <form
        class="paper-form"
        onSubmit={(event) => {
          event.preventDefault();
          make();
        }}
      >
        <div class="input">
          <label for="link-role">{F().linkFor}</label>
          <select id="link-role" value={role} onChange={(event) => setRole(event.currentTarget.value)}>
            {ROLES.map((one) => (
              <option value={one} key={one}>
                {F().linkRoles[one]}
              </option>
            ))}
          </select>
        </div>
        <Input id="link-name" label={F().linkName} value={name} onText={(text) => setName(text.slice(0, 60))} />
        <button type="submit" class="small strong" disabled={!name.trim()}>
          {F().makeLink}
        </button>
      </form>
      {made && (
        <div class="made-link" role="status">
          <p class="hint">{F().linkOnce(made.name)}</p>
          <CopyLink link={made.link} />
        </div>
      )}
      <MadeLinks console={view} />
      <Withdrawing />
    </Panel>
  );
}

function MadeLinks({ console: { links = [] } }: { console: Console }) {
  if (!links.length) return null;
  return (
    <ul>
      {links.map(({ token: id, role, name, revoked }) => (
        <li class={revoked ? 'item withdrawn' : 'item'} key={id}>
          <span class="item-words">
            {name || F().namelessLink} · {F().linkRoles[role] || role}
          </span>{' '}
          {revoked ? (
            F().states.withdrawn
          ) : (
            <Careful words={F().revoke} sure={F().again(F().revoke)} act={() => issue(F().didRevoke, { type: 'link.revoke', token: id })} />
          )}
        </li>
      ))}
    </ul>
  );
}

// Those that came with the room, by the link itself; or all at once.
function Withdrawing() {
  const [link, setLink] = useState('');
  const revoke = () => {
    const found = tokenId(link);
    if (!found) return complain(F().notALink);
    issue(F().didRevoke, { type: 'link.revoke', token: found });
    setLink('');
  };
  return (
    <details>
      <summary>{F().otherLinks}</summary>
      <div class="row-of">
        <Input id="revoke" label={F().pasteLink} value={link} onText={setLink} />
        <Small disabled={!link} onClick={revoke}>
          {F().revoke}
        </Small>
      </div>
      <Careful words={F().revokeAll} sure={F().revokeAllSure} act={() => issue(F().didRevokeAll, { type: 'links.revoke' })} />
    </details>
  );
}

// The print pack: each document is a file to open and print, in A4 or A3. Ballots, cards and badges
// are printed by their numbers.
function PrintPanel({ console: { room: { expected }, activities } }: { console: Console }) {
  const [documents, setDocuments] = useState<string[] | null>(null);
  const [large, setLarge] = useState(false);
  const [numbers, setNumbers] = useState(`1-${Math.min(60, expected || 60)}`);
  const open = async () => setDocuments((await ask<{ documents: string[] }>('GET', inRoom('/print')))?.documents || null);
  const fetchOne = (name: string) => {
    const whole = /^(ballots|cards|badges)/.test(name) ? `${name}/${numbers.trim()}` : name;
    save(inRoom(`/print/${large ? 'a3/' : ''}${whole}`), `${whole.replace(/\//g, '-')}.html`);
  };
  return (
    <Panel title={F().print} name="print">
      <p class="hint">{F().printHint}</p>
      {documents === null ? (
        <Small disabled={!room.value} onClick={open}>
          {F().printOpen}
        </Small>
      ) : (
        <>
          <Input id="print-numbers" label={F().printNumbers} value={numbers} onText={setNumbers} width="narrow" />
          <label class="check">
            <input type="checkbox" checked={large} onChange={() => setLarge(!large)} />
            {F().printLarge}
          </label>
          <ul class="files">
            {documents.map((name) => (
              <li key={name}>
                <Small onClick={() => fetchOne(name)}>{printName(name, activities)}</Small>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

// "ballots/areas" is the ballots of the activity areas.
function printName(name: string, activities: ConsoleActivity[]): string {
  const [kind, of] = name.split('/');
  const words = F().prints[kind] || kind;
  const activity = activities.find((a) => a.activity === of);
  return of ? `${words}: ${activity ? titleOf(activity) : of}` : words;
}
