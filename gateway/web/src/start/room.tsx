// A room that was made: what to do first, a link for each of those who run it, and what to print.
import { useEffect, useState } from 'preact/hooks';
import { pick } from '../core/language';
import { spaced } from '../core/numbers';
import { QrCode } from '../pictures/qr_code';
import { T } from '../words/start';
import { saveFile } from './edit';
import { Button, voice } from './parts';
import { failed, type Offer, printed, printOffer } from './server';
import { type Room, tokenIn } from './state';

const ROLES = ['attendee', 'display', 'presenter', 'moderator', 'keyer', 'producer', 'auditor'];
const COPIED_MS = 3000;
const USUAL_PEOPLE = 60;
const MOST = 1000; // of one document

// Nobody else's browser gets here by such an address.
const onlyHere = (link: string) => /^https?:\/\/(localhost|127\.|\[::1\])/.test(link);

// A flag is not broken at its dashes.
const unbroken = (words: string) => words.split(/(--[a-z-]+)/).map((part, i) => (i % 2 ? <code key={i}>{part}</code> : part));

export function RoomView({ room }: { room: Room }) {
  const { links, code, title } = room;
  return (
    <main>
      <p>
        <a href="#/">{T().backToStart}</a>
      </p>
      <h1 tabIndex={-1}>{T().roomOpen(spaced(code))}</h1>
      <p class="lead">
        <bdi>{pick(title)}</bdi>
      </p>
      {onlyHere(links.attendee) && <p class="warn box">{unbroken(T().onlyHere)}</p>}
      <section class="first" aria-labelledby="first">
        <div>
          <h2 id="first">{T().firstSteps}</h2>
          <ol class="steps">
            <li>
              {T().stepPresenter} <Out href={links.presenter} words={T().openPresenter} />
            </li>
            <li>
              {T().stepDisplay} <Out href={links.display} words={T().openDisplay} />
            </li>
            <li>{room.locked ? T().stepCodes : T().stepJoin(links.attendee.replace(/\/r\/.*$/, ''), spaced(code))}</li>
            <li>
              {T().stepRehearse} <Out href={links.producer} words={T().openProducer} />
            </li>
          </ol>
        </div>
        <QrCode text={links.attendee} label={T().qrJoin(links.attendee)} />
      </section>
      <section aria-labelledby="links">
        <h2 id="links">{T().links}</h2>
        <p class="hint">{T().linksHint}</p>
        <ul class="links">
          {ROLES.filter((role) => links[role]).map((role) => (
            <LinkRow key={role} role={role} link={links[role]} />
          ))}
        </ul>
      </section>
      <section aria-labelledby="paper">
        <h2 id="paper">{T().paper}</h2>
        <ul class="kept">
          <li>
            <a href={`#/room/${room.room}/guests`}>{T().guestSheet}</a>
            <p class="hint">{T().guestSheetHint}</p>
          </li>
          <li>
            <a href={`#/room/${room.room}/team`}>{T().teamSheet}</a>
            <p class="hint">{T().teamSheetHint}</p>
          </li>
        </ul>
        <Pack room={room} />
      </section>
    </main>
  );
}

const Out = ({ href, words }: { href: string; words: string }) => (
  <a href={href} target="_blank" rel="noopener">
    {words}
  </a>
);

function LinkRow({ role, link }: { role: string; link: string }) {
  const [copied, setCopied] = useState(false);
  const id = `link-${role}`;
  const put = async () => {
    if (!(await copy(id, link))) return voice.say(T().cannotCopy);
    setCopied(true);
    voice.say(T().copied);
    setTimeout(() => setCopied(false), COPIED_MS);
    return undefined;
  };
  return (
    <li>
      <label for={id}>{T().roles[role]}</label>
      <p class="hint">{T().roleHints[role]}</p>
      <div class="acts">
        <input id={id} type="text" readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
        <Button label={T().copyLink(T().roles[role])} onClick={put}>
          {copied ? T().copied : T().copy}
        </Button>
        <Out href={link} words={T().openLink} />
      </div>
    </li>
  );
}

// Over plain http a browser has no clipboard for pages: then what is selected is copied.
async function copy(id: string, text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const input = document.getElementById(id) as HTMLInputElement;
    input.select();
    return document.execCommand('copy');
  }
}

// What the server can print of this room; each is a file by itself, to be opened and printed.
function Pack({ room }: { room: Room }) {
  const [offer, setOffer] = useState<Offer | string>('');
  const [paper, setPaper] = useState('a4');
  const [busy, setBusy] = useState('');
  const token = tokenIn(room.links.producer);
  useEffect(() => {
    void printOffer(room.room, token).then((answer) => setOffer(failed(answer) ? answer.text || T().noAnswer : answer.body));
  }, [room.room]);
  if (typeof offer === 'string') return offer ? <p class="warn">{offer}</p> : null;
  const people = Math.min(offer.expected_people || USUAL_PEOPLE, MOST);
  const fetchIt = async (name: string) => {
    setBusy(name);
    const numbered = /^(cards|badges|ballots)/.test(name) ? `/1-${people}` : '';
    const found = await printed(room.room, token, `${paper}/${name}${numbered}`);
    setBusy('');
    if (!found) return voice.say(T().noAnswer);
    return saveFile(found, `${room.code}-${name.replace('/', '-')}-${paper}.html`);
  };
  return (
    <>
      <h3>{T().pack}</h3>
      <p class="hint">{T().packHint(people)}</p>
      <div class="input">
        <label for="paper-size">{T().paperSize}</label>
        <select id="paper-size" value={paper} onChange={(event) => setPaper(event.currentTarget.value)}>
          <option value="a4">A4</option>
          <option value="a3">A3</option>
        </select>
      </div>
      <div class="acts">
        {offer.documents.map((name) => (
          <Button key={name} disabled={busy === name} onClick={() => fetchIt(name)}>
            {documentName(name, room)}
          </Button>
        ))}
      </div>
    </>
  );
}

function documentName(name: string, room: Room): string {
  const [kind, activity] = name.split('/');
  const words = T().documents[kind] || kind;
  return activity ? `${words}: ${pick(room.activities?.[activity]) || activity}` : words;
}
