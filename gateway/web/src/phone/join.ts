// Coming into a room: from the code, or the personal code on a badge, to a token. The token is kept
// per code, so that the same browser is the same participant after a reload.
import { earlyAnswer, openEarly } from '../core/early';
import { local } from '../core/keep';
import { socketTo } from '../core/transport';
import type { Notice, Text } from '../core/types';
import { P } from '../words/phone';
import { forget } from './store';

interface Kept { token: string; room?: string; personal?: string }
const tokenKey = (code: string) => `plenum.token.${code}`;

export interface Wish {
  again?: boolean; // the old token was refused: ask for a fresh one for it
  notice?: string; // the version of the privacy notice that was read
  personal?: string; // the code on a badge
}

export interface Entered {
  token?: string;
  text?: string; // why not
  badge?: boolean; // this room is joined with a personal code
  notice?: Notice; // to be read first; then come again with its version
  away?: boolean; // the server was not heard
}

interface RoomAnswer { room: string; title?: Text; notice?: string; join?: string }

const CHANGED = 409; // another notice holds now

// Whether this browser is in the room already.
export const isKnown = (code: string) => !!local.get(tokenKey(code));

export async function enter(code: string, wish: Wish = {}): Promise<Entered> {
  const kept = local.get<Kept>(tokenKey(code));
  if (!kept && wish.notice) return join(code, wish); // the room was found, and its notice read
  const here = await ask<RoomAnswer>(`/api/v1/codes/${code}`);
  const { data } = here;
  if (here.status === 404 && !kept) return { text: here.text };
  const sameRoom = kept && (!data || !kept.room || data.room === kept.room);
  // Another badge is another person; the same one again is who this browser is already.
  const known = sameRoom && (!wish.personal || wish.personal === kept.personal) ? kept : undefined;
  const personal = wish.personal || known?.personal;
  if (known && !wish.again) return entered(code, known);
  if (kept && !sameRoom) forget(code); // the code opens another room now
  const badge = data?.join === 'codes';
  if (badge && !known && !personal) return { badge };
  if (!known && data?.notice && !wish.notice) return askNotice(code);
  return join(code, { ...wish, personal }, known, badge);
}

async function join(code: string, wish: Wish, known?: Kept, badge?: boolean): Promise<Entered> {
  openEarly(socketTo); // meanwhile
  const { personal } = wish;
  const who = personal ? { personal } : known ? { token: known.token } : {};
  const told = known ? {} : { notice: wish.notice };
  const answer = await ask<Kept>('/api/v1/join', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ code, ...who, ...told }),
  });
  if (answer.status === CHANGED) return askNotice(code);
  if (!answer.data) return { text: answer.text, badge: badge || !!personal, away: !answer.status };
  if (!known && isKnown(code)) forget(code); // it was somebody else's until now
  const { token, room } = answer.data;
  return entered(code, { token, room, personal });
}

function entered(code: string, kept: Kept): Entered {
  local.set(tokenKey(code), kept);
  rememberCode(code);
  return { token: kept.token };
}

export async function askNotice(code: string): Promise<Entered> {
  const { data, text } = await ask<Notice>(`/api/v1/rooms/${code}/privacy`);
  return data ? { notice: data } : { text };
}

async function ask<T>(path: string, options?: RequestInit) {
  const told = options ? undefined : (earlyAnswer(path) as T);
  if (told) return { status: 200, data: told, text: '' };
  try {
    const response = await fetch(path, options);
    const data = await response.json().catch(() => ({}));
    const text: string = P().reasons[data.code] || data.text || P().serverSaid(response.status);
    return { status: response.status, data: response.ok ? (data as T) : undefined, text };
  } catch {
    return { status: 0, data: undefined, text: P().noServer };
  }
}

export const keepLinkToken = (code: string, token: string) => local.set(tokenKey(code), { token });
export const rememberCode = (code: string) => local.set('plenum.lastcode', code);
export const lastCode = () => local.get<string>('plenum.lastcode') || '';
