// Coming into a room: from the code to a token. The token is kept per code, so that the same
// browser is the same participant after a reload.
import { local } from '../core/keep';
import type { Notice, Text } from '../core/types';
import { P } from '../words/phone';
import { forget } from './store';

interface Kept { token: string; room?: string }
const tokenKey = (code: string) => `plenum.token.${code}`;

export interface Entered {
  token?: string;
  text?: string; // why not
  notice?: Notice; // to be read first; then come again with its version
}

interface RoomAnswer { room: string; title?: Text; notice?: string }

const CHANGED = 409; // another notice holds now

// `again`: the old token was refused, ask for a fresh one for it. `notice`: the version that was read.
export async function enter(code: string, { again = false, notice = '' } = {}): Promise<Entered> {
  const kept = local.get<Kept>(tokenKey(code));
  const here = await ask<RoomAnswer>(`/api/v1/codes/${code}`);
  if (here.status === 404 && !kept) return { text: here.text };
  const sameRoom = kept && (!here.data || !kept.room || here.data.room === kept.room);
  if (sameRoom && !again) return { token: kept.token };
  if (kept && !sameRoom) forget(code); // the code opens another room now
  if (!kept && here.data?.notice && !notice) return askNotice(code);
  const who = sameRoom ? { token: kept.token } : notice ? { notice } : {};
  const body = JSON.stringify({ code, ...who });
  const headers = { 'Content-Type': 'application/json' };
  const answer = await ask<Kept>('/api/v1/join', { method: 'POST', headers, body });
  if (answer.status === CHANGED) return askNotice(code);
  if (!answer.data) return { text: answer.text };
  const { token, room } = answer.data;
  local.set(tokenKey(code), { token, room });
  local.set('plenum.lastcode', code);
  return { token };
}

async function askNotice(code: string): Promise<Entered> {
  const { data, text } = await ask<Notice>(`/api/v1/rooms/${code}/privacy`);
  return data ? { notice: data } : { text };
}

async function ask<T>(path: string, options?: RequestInit) {
  try {
    const response = await fetch(path, options);
    const data = await response.json().catch(() => ({}));
    const text: string = data.text || P().serverSaid(response.status);
    return { status: response.status, data: response.ok ? (data as T) : undefined, text };
  } catch {
    return { status: 0, data: undefined, text: P().noServer };
  }
}

export const keepLinkToken = (code: string, token: string) => local.set(tokenKey(code), { token });
export const lastCode = () => local.get<string>('plenum.lastcode') || '';
