// How messages reach the server and come back. There is one way today, the WebSocket; a server that
// also takes commands by HTTP, for networks that block WebSockets, is a second implementation.

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

export const webSocket: Transport = (ears) => {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(`${scheme}//${location.host}/ws`, 'plenum.v1');
  socket.onopen = () => ears.open();
  socket.onmessage = (event) => ears.message(event.data);
  socket.onclose = (event) => ears.closed(event.code, event.reason);
  return {
    send(text) {
      if (socket.readyState !== WebSocket.OPEN) return false;
      socket.send(text);
      return true;
    },
    close() {
      if (socket.readyState <= WebSocket.OPEN) socket.close();
    },
  };
};
