// What was begun before it was needed: by phone/first.ts, or because it will be wanted in a moment.
export interface Early {
  answers: Record<string, Promise<Response>>; // by path
  socket?: WebSocket;
}

declare global {
  interface Window { early?: Early }
}

const here = (): Early => (typeof window === 'undefined' ? undefined : window.early) || { answers: {} };

// Each can be taken once.
export function earlyAnswer(path: string): Promise<Response> | undefined {
  const { answers } = here();
  const found = answers[path];
  delete answers[path];
  return found;
}

export function earlySocket(): WebSocket | undefined {
  const early = here();
  const { socket } = early;
  early.socket = undefined;
  return socket && socket.readyState <= WebSocket.OPEN ? socket : undefined;
}

export function openEarly(open: () => WebSocket) {
  const early = (window.early = here());
  try {
    early.socket ??= open();
  } catch {
    /* blocked: the connection finds out for itself */
  }
}
