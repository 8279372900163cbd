// What is there before it is needed: what the server wrote into the page of a room, so that it need
// not be asked (schema/wire.md, The first page), and a connection that will be wanted in a moment.
import { codeFromPath } from './keep';
import type { Stage } from './types';

interface Facts {
  time_ms: number;
  code: unknown; // as GET /api/v1/codes/CODE tells it
  privacy: unknown; // as GET /api/v1/rooms/CODE/privacy
  stage?: Stage; // what attendees see; it may have changed since
}

const code = typeof location === 'undefined' ? '' : codeFromPath();
let facts: Partial<Facts> = {};
try {
  facts = JSON.parse((document.getElementById('first') as HTMLElement).textContent as string);
} catch {
  /* a page as it is for every room */
}

// Each is told once: who asks again wants to know how it is now.
function take<K extends keyof Facts>(name: K): Facts[K] | undefined {
  const found = facts[name];
  delete facts[name];
  return found as Facts[K] | undefined;
}

export function earlyAnswer(path: string): unknown {
  if (path === `/api/v1/codes/${code}`) return take('code');
  return path === `/api/v1/rooms/${code}/privacy` ? take('privacy') : undefined;
}

// What this room shows, and the server's clock then.
export function earlyStage(of: string): { stage: Stage; time: number } | undefined {
  const { stage, time_ms: time = 0 } = facts;
  return stage && of === code ? { stage, time } : undefined;
}

let socket: WebSocket | undefined;

export function openEarly(open: () => WebSocket) {
  try {
    socket ??= open();
  } catch {
    /* blocked: the connection finds out for itself */
  }
}

export function earlySocket(): WebSocket | undefined {
  const early = socket;
  socket = undefined;
  return early && early.readyState <= WebSocket.OPEN ? early : undefined;
}
