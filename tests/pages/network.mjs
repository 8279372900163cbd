// The network between a browser and the server, as this test wants it: a TCP proxy that can be cut,
// fall silent in one direction or both, let no WebSocket through (or never answer one), or be slow.
import { createServer, connect } from 'node:net';
import { sleep } from './room.mjs';

const UPGRADE = /^upgrade: *websocket/im;

export class Network {
  constructor(port) {
    this.to = port; // the server's
    this.links = new Set();
    this.sockets = 0; // WebSockets that came through
    this.bytes = 0; // of answers
    Object.assign(this, { there: { free: 0 }, backwards: { free: 0 } }); // when each direction is free again
    this.slow = null; // { rtt: ms, rate: bytes a second in each direction, shared by all connections }
    this.whole();
  }

  whole() {
    Object.assign(this, { down: false, up: true, back: true, blocked: false, held: false });
  }

  async start() {
    this.listener = createServer((near) => this.link(near));
    await new Promise((done) => this.listener.listen(0, '127.0.0.1', done));
    this.url = `http://127.0.0.1:${this.listener.address().port}`;
  }

  link(near) {
    if (this.down) return near.destroy();
    const far = connect(this.to, '127.0.0.1');
    const both = [near, far];
    const end = () => both.forEach((socket) => socket.destroy());
    this.links.add(end);
    for (const socket of both) {
      socket.on('error', end);
      socket.on('close', () => this.links.delete(end) && end());
    }
    const opens = performance.now() + (this.slow?.rtt || 0);
    const [there, back] = [{ shared: this.there, opens }, { shared: this.backwards, opens: 0 }];
    near.on('data', (bytes) => {
      if (UPGRADE.test(bytes.toString('latin1'))) {
        if (this.blocked) return near.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
        if (this.held) return undefined;
        this.sockets++;
      }
      return this.up && this.carry(bytes, far, there);
    });
    far.on('data', (bytes) => {
      this.bytes += bytes.length;
      return this.back && this.carry(bytes, near, back);
    });
  }

  // Slow: a connection is there a round trip after the browser began it, and what is said on it before waits
  // for that; then the bytes of all connections go one after the other, as fast as the line is.
  carry(bytes, socket, way) {
    const write = () => socket.destroyed || socket.write(bytes);
    if (!this.slow) return write();
    const { rtt, rate } = this.slow;
    const now = performance.now();
    if (way.opens > now) return setTimeout(() => this.carry(bytes, socket, { ...way, opens: 0 }), way.opens - now);
    way.shared.free = Math.max(now, way.shared.free) + (bytes.length / rate) * 1000;
    return setTimeout(write, way.shared.free - now + rtt / 2);
  }

  // What is connected breaks; with `down`, nothing new comes through.
  cut(down = true) {
    this.down = down;
    for (const end of this.links) end();
    this.links.clear();
  }

  // Connected, but nothing arrives: neither there (`up`) nor back.
  silent({ up = false, back = false } = {}) {
    Object.assign(this, { up, back });
  }

  restore() {
    this.whole();
    this.cut(false); // what was silent stays broken: TCP would have given up
  }

  async stop() {
    this.cut();
    this.listener.close();
    await sleep(0);
  }
}
