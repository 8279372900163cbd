// How messages reach the server and come back: by WebSocket; or, where a proxy lets none through,
// by HTTP, where a question waits at the server until there is something to hear.

import { earlySocket } from './early';

export interface Wire {
  send(text: string): boolean; // false: it is not open
  close(): void;
}

export interface Ears {
  open(): void;
  message(text: string): void;
  closed(code: number, reason: string): void;
}

export type Transport = (ears: Ears) => Wire;

const FAILURES = 2; // WebSockets in a row through which nothing came: then HTTP is tried
const WAIT_MS = 20000;
const LOST = 1006; // what a browser says of a connection that broke
const PROBE_FIRST = 5000;
const PROBE_LONGEST = 1800000;

let failures = 0;
let patience = PROBE_FIRST; // until a WebSocket is tried again; longer each time that it was in vain

export function socketTo(): WebSocket {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return new WebSocket(`${scheme}//${location.host}/ws`, 'plenum.v1');
}

const webSocket: Transport = (ears) => {
  let heard = false;
  let over = false;
  const end = (code: number, reason: string) => {
    if (over) return;
    over = true;
    if (!heard && code === LOST) failures++;
    ears.closed(code, reason);
  };
  const early = earlySocket();
  let socket: WebSocket;
  try {
    socket = early || socketTo();
  } catch {
    setTimeout(() => end(LOST, ''));
    return { send: () => false, close() {} };
  }
  socket.onopen = () => ears.open();
  if (early?.readyState === WebSocket.OPEN) setTimeout(() => ears.open());
  socket.onmessage = (event) => {
    heard = true;
    failures = 0;
    patience = PROBE_FIRST;
    ears.message(event.data);
  };
  socket.onclose = (event) => end(event.code, event.reason);
  return {
    send(text) {
      if (socket.readyState !== WebSocket.OPEN) return false;
      socket.send(text);
      return true;
    },
    close() {
      if (!heard && !over) failures++; // it was given up
      over = true;
      if (socket.readyState <= WebSocket.OPEN) socket.close();
    },
  };
};

const polling: Transport = (ears) => {
  const stop = new AbortController();
  let poll: string | undefined;
  let latest = 0; // of two questions at a time the server answers the older one at once
  let unsent: unknown[] = [];
  const end = (code: number, reason: string) => {
    if (stop.signal.aborted) return;
    stop.abort();
    clearTimeout(probe);
    ears.closed(code, reason);
  };
  async function ask() {
    const mine = ++latest;
    const body = JSON.stringify({ poll, messages: unsent.splice(0), wait_ms: WAIT_MS });
    const headers = { 'Content-Type': 'application/json' };
    try {
      const answer = await fetch('/api/v1/poll', { method: 'POST', headers, body, signal: stop.signal });
      const said = await answer.json();
      if (!answer.ok) throw new Error(said.text);
      poll = said.poll;
      for (const message of said.messages) ears.message(JSON.stringify(message));
      if (said.closed) return end(said.closed.code, said.closed.reason);
      if (mine === latest && !stop.signal.aborted) ask();
    } catch {
      failures = 0; // no HTTP either: nothing against WebSockets
      end(LOST, '');
    }
  }
  // A WebSocket that opens again is taken.
  let probe: ReturnType<typeof setTimeout>;
  const tryAgain = () => {
    const socket = socketTo();
    socket.onopen = () => {
      failures = 0;
      socket.close();
      end(LOST, '');
    };
    socket.onclose = () => later();
  };
  const later = () => {
    if (stop.signal.aborted) return;
    probe = setTimeout(tryAgain, patience);
    patience = Math.min(PROBE_LONGEST, 2 * patience);
  };
  later();
  setTimeout(() => ears.open());
  return {
    send(text) {
      if (stop.signal.aborted) return false;
      if (unsent.push(JSON.parse(text)) === 1) setTimeout(ask); // what is said at once goes at once
      return true;
    },
    close() {
      stop.abort();
      clearTimeout(probe);
    },
  };
};

export const byWhateverWorks: Transport = (ears) => (failures < FAILURES ? webSocket : polling)(ears);
