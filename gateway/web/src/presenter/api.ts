// What the page asks the server for over HTTP, with the link's own token: links, the record, print,
// rehearsals. Every refusal is a sentence of the server's.
import { F } from '../words/presenter';
import { complain, room, token } from './desk';

export async function ask<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T | undefined> {
  const answer = await request(method, path, body);
  return answer && ((await answer.json()) as T);
}

export const inRoom = (path: string) => `/api/v1/rooms/${room.value}${path}`;

async function request(method: string, path: string, body?: object): Promise<Response | undefined> {
  const headers: Record<string, string> = { Authorization: `Bearer ${token}` };
  if (body) headers['Content-Type'] = 'application/json';
  try {
    const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
    if (answer.ok) return answer;
    complain((await answer.json().catch(() => ({}))).text || F().wasRefused);
  } catch {
    complain(F().noAnswer);
  }
  return undefined;
}

// Fetches a file that needs the token, and hands it to the browser to keep.
export async function save(path: string, name: string) {
  const answer = await request('GET', path);
  if (!answer) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
