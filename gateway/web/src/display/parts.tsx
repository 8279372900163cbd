// What the display's screens are made of: the frame with its footer, the QR code, the clock.
import type { ComponentChildren, CSSProperties } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { beside, language, pick, tongue } from '../core/language';
import { clockFace, spaced } from '../core/numbers';
import type { Now, Stage, Text } from '../core/types';
import { QrCode } from '../pictures/qr_code';
import { D } from '../words/display';
import { S } from '../words/shared';
import { languagesShown } from './orders';
import type { Clock } from './stages';

const SMALLEST = 44; // percent of the usual size

export const joinUrl = (code = '') => `${location.origin}/r/${code}`;

// One screen. `tone`: night while nothing is to be read closely. The code stays in the corner, so
// that who comes late can join.
export function Frame(props: {
  stage: Stage;
  name: string;
  tone?: 'night';
  band?: ComponentChildren;
  corner?: boolean;
  children: ComponentChildren;
}) {
  const { stage, name, tone, band, corner = true, children } = props;
  const { code = '', title } = stage.room;
  const content = useRef<HTMLDivElement>(null);
  // After each change of what stands there, whoever made it.
  useLayoutEffect(() => {
    const stand = content.current;
    if (!stand) return undefined;
    fit(stand);
    const watcher = new MutationObserver((changes) => changes.every(onlyCounts) || fit(stand));
    watcher.observe(stand, { childList: true, characterData: true, characterDataOldValue: true, subtree: true });
    return () => watcher.disconnect();
  }, [name, stage.now?.activity, stage.now?.phase]);
  useEffect(() => {
    const again = () => fit(content.current);
    window.addEventListener('resize', again);
    return () => window.removeEventListener('resize', again);
  }, []);
  return (
    <div key={[name, stage.now?.activity, stage.now?.phase].join('/')} class={`frame ${name} ${tone || 'light'}`}>
      <div class="stage" ref={content}>
        {children}
      </div>
      <footer>
        <p class="room-title">{pick(title)}</p>
        <div class="band">{band}</div>
        {corner && (
          <div class="corner">
            <p>
              <span>{location.host}</span> <strong>{spaced(code)}</strong>
            </p>
            <QrCode text={joinUrl(code)} label={D().joinLink(joinUrl(code))} />
          </div>
        )}
      </footer>
    </div>
  );
}

// A figure that takes the room of another, as figures are as wide as each other; and what has its line to itself.
const shape = (text?: string | null) => (text || '').replace(/\d/g, '0');
const onlyCounts = ({ type, oldValue, target }: MutationRecord) =>
  type === 'characterData' &&
  (shape(oldValue) === shape(target.textContent) || !!target.parentElement?.closest('[data-line]'));

// Makes what stands on the stage smaller until all of it is seen. Each size that is tried costs the
// browser a layout, so what fits is left as it is, and only a good deal less may be larger again.
function fit(stage: HTMLElement | null) {
  if (!stage) return;
  const length = stage.textContent?.length || 0;
  const place = `${window.innerWidth}/${window.innerHeight}`;
  const { size = '', of = '', longest = '0' } = stage.dataset;
  if (of === place && size && length < 0.8 * Number(longest)) stage.dataset.size = '';
  const begin = of === place ? Number(stage.dataset.size || 100) : 100;
  const overflow = overflowAt(stage, begin);
  if (overflow <= 1 && stage.dataset.size) return;
  const good = overflow <= 1 ? begin : largestThatFits(stage, begin, overflow);
  Object.assign(stage.dataset, { size: String(good), of: place, longest: String(length) });
}

// How many times higher than the stage what stands on it is, with type of so many percent.
function overflowAt(stage: HTMLElement, percent: number): number {
  const size = `${percent}%`;
  if (stage.style.fontSize !== size) stage.style.fontSize = size;
  return stage.scrollHeight <= stage.clientHeight + 1 ? 1 : stage.scrollHeight / stage.clientHeight;
}

// Type that is smaller by as much as there is too much fits, as fewer lines break in it, too.
function largestThatFits(stage: HTMLElement, tooLarge: number, overflow: number): number {
  const below = (percent: number, over: number) => Math.max(SMALLEST, Math.floor(percent / over));
  let bad = tooLarge;
  let good = below(bad, overflow);
  while (bad - good > 2) {
    const middle = Math.round((good + bad) / 2);
    const over = overflowAt(stage, middle);
    if (over <= 1) good = middle;
    else [bad, good] = [middle, Math.max(good, below(middle, over))];
  }
  const over = overflowAt(stage, good);
  return over <= 1 || good <= SMALLEST ? good : largestThatFits(stage, good, over);
}

// The question, in both languages where there are two.
export function Headline({ text, small }: { text?: Text; small?: boolean }) {
  const words = pick(text);
  const main = tongue(text) || language.value;
  const also = languagesShown().filter((tag) => tag !== main && text?.[tag] && text[tag] !== words);
  return (
    <>
      <h1 class={small || words.length > 80 ? 'long' : words.length < 36 ? 'short' : ''} lang={tongue(text)}>
        {words}
      </h1>
      {also.map((tag) => (
        <p class="also" lang={tag} key={tag}>
          {text?.[tag]}
        </p>
      ))}
    </>
  );
}

// A sentence of the page, in both languages where there are two.
export function Said(props: { say: () => string; class?: string; as?: 'p' | 'h1' | 'span' | 'small' }) {
  const { say, class: name, as: Tag = 'p' } = props;
  const other = beside(say);
  return (
    <Tag class={name}>
      {say()}
      {other && (
        <span class="said-beside" lang={other.lang}>
          {other.text}
        </span>
      )}
    </Tag>
  );
}

export const askedOf = (now: Now) => (pick(now.prompt) ? now.prompt : now.title);

// The time as a ring that empties, and as figures.
export function Ring({ time }: { time: Clock }) {
  const { left, whole } = time();
  if (left === null) return null;
  const share = whole > 0 ? Math.max(0, Math.min(1, left / whole)) : 0;
  const around = 2 * Math.PI * 44;
  return (
    <div class={left <= 10000 ? 'ring-clock soon' : 'ring-clock'} role="timer" aria-label={S().timeLeft(clockFace(left))}>
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle class="track" cx="50" cy="50" r="44" />
        <circle
          class="rest"
          cx="50"
          cy="50"
          r="44"
          stroke-dasharray={`${around}`}
          stroke-dashoffset={`${around * (1 - share)}`}
          transform="rotate(-90 50 50)"
        />
      </svg>
      <strong aria-hidden="true">{clockFace(left)}</strong>
    </div>
  );
}

// How many of how many: always visible, tells nothing about what they said.
export function Turnout({ n, of, say }: { n: number; of: number; say: (n: number, of: number) => string }) {
  return (
    <div class="turnout" style={{ '--share': of ? Math.min(1, n / of) : 0 } as CSSProperties}>
      <Said say={() => say(n, of)} />
      <span class="meter" aria-hidden="true" />
    </div>
  );
}
