// What the test of the pages needs around it: the real server, a room, people that are scripts.
import { spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

// Waits until `look` gives something true, and gives that.
export async function until(what, look, ms = 30000) {
  const end = Date.now() + ms;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain: ${what}`);
    await sleep(50);
  }
}

// As in ports.py: held on another address of the loopback until this process ends.
async function freePort() {
  for (;;) {
    const port = randomInt(20001, 32767);
    const held = await listen(port, '127.0.0.2');
    const probe = held && (await listen(port, '127.0.0.1'));
    if (probe) {
      await new Promise((done) => probe.close(done));
      held.unref();
      return port;
    }
    if (held) held.close();
  }
}

const listen = (port, host) =>
  new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(null)).listen(port, host, () => done(server));
  });

// `plenum serve` on a data folder of its own; can be killed and started again at the same port.
export class Server {
  constructor(program, data, flags = []) {
    Object.assign(this, { program, data, flags, output: '' });
  }

  async start() {
    this.port ??= await freePort();
    const tls = this.flags.includes('--tls-cert'); // its own authority: say NODE_TLS_REJECT_UNAUTHORIZED=0
    this.url = `${tls ? 'https' : 'http'}://127.0.0.1:${this.port}`;
    const flags = ['--data', this.data, '--listen', `127.0.0.1:${this.port}`, ...this.flags];
    this.process = spawn(this.program, ['serve', ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream.on('data', (bytes) => (this.output += bytes));
    }
    this.ended = new Promise((done) => this.process.on('exit', done));
    await until('the server is ready', () =>
      fetch(`${this.url}/readyz`).then(
        (answer) => answer.ok,
        () => false,
      ),
    );
  }

  async kill() {
    this.process.kill('SIGKILL');
    await this.ended;
  }

  async stop() {
    this.process.kill('SIGTERM');
    const code = await this.ended;
    if (code !== 0) throw new Error(`the server ended with ${code}:\n${this.output}`);
  }

  async makeRoom(sheet) {
    const token = readFileSync(`${this.data}/organiser.token`, 'utf8').trim();
    const answer = await fetch(`${this.url}/api/v1/rooms`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(sheet),
    });
    const room = await answer.json();
    if (answer.status !== 201) throw new Error(JSON.stringify(room));
    return room;
  }
}

// A person without a browser. What they do in the room is a function of the views that come.
export class Person {
  constructor(server, code, name, WebSocket) {
    Object.assign(this, { server, code, name, WebSocket, answers: new Map(), seqs: {}, views: {} });
  }

  async join() {
    const answer = await fetch(`${this.server.url}/api/v1/join`, {
      method: 'POST',
      body: JSON.stringify({ code: this.code }),
    });
    this.token = (await answer.json()).token;
    await this.connect();
  }

  async connect() {
    const { url } = this.server;
    delete this.views.stage; // what was seen before may be old
    this.socket = new this.WebSocket(`${url.replace('http', 'ws')}/ws`, 'plenum.v1', {
      origin: url,
    });
    this.socket.on('error', () => {});
    this.socket.on('message', (text) => this.hear(JSON.parse(text)));
    await new Promise((done) => this.socket.on('open', done));
    this.send({
      type: 'hello',
      id: randomBytes(16).toString('hex'),
      token: this.token,
      version: 0,
    });
    await until(`${this.name} sees the stage`, () => this.views.stage);
  }

  close() {
    this.socket?.terminate();
  }

  send(message) {
    this.socket.send(JSON.stringify(message));
  }

  hear(message) {
    if (message.type === 'view') this.views[message.topic] = message.data;
    if (message.type === 'outcome' || message.type === 'error')
      this.answers.set(message.id, message);
  }

  get now() {
    return this.views.stage.now || {};
  }

  get deck() {
    const { person } = this.views;
    return (person && person.activity === this.now.activity && person.deck) || {};
  }

  // Says something about what is on now, and gives what became of it.
  async say(fields) {
    const { activity, generation } = this.now;
    const id = randomBytes(16).toString('hex');
    this.send({ id, activity, generation, ...fields });
    return until(`${this.name} is answered`, () => this.answers.get(id));
  }

  async cast(ballot) {
    const key = `${this.now.activity}/${ballot.round || 0}`;
    this.seqs[key] = (this.seqs[key] || 0) + 1;
    const answer = await this.say({ type: 'ballot.cast', seq: this.seqs[key], ballot });
    if (answer.outcome !== 'counted') throw new Error(`${this.name}: ${JSON.stringify(answer)}`);
  }

  // Scores the card that the last bell left in hand.
  async scoreCard(score) {
    const { round } = this.now;
    const card = await until(`${this.name} has a card to score`, () => {
      const held = this.deck.to_score;
      return held && held.round === round && held;
    });
    await this.cast({ kind: 'score', round, card: card.id, score });
  }
}

// One who runs the day, without a browser: presses what the console view offers.
export class Staff extends Person {
  constructor(server, room, role, WebSocket) {
    super(server, room.code, role, WebSocket);
    this.token = room.tokens[role];
  }

  async open() {
    await this.connect();
    await until('the console is seen', () => this.views.console);
  }

  activity(id) {
    return this.views.console.activities.find((a) => a.activity === id);
  }

  async order(type, fields = {}) {
    const id = randomBytes(16).toString('hex');
    this.send({ id, type, ...fields });
    const answer = await until(`${type} is answered`, () => this.answers.get(id));
    if (!['accepted', 'counted', 'ignored', 'duplicate'].includes(answer.outcome))
      throw new Error(`${type}: ${JSON.stringify(answer)}`);
    return answer;
  }

  // Takes the activity to these phases, one after the other.
  async advance(activity, ...phases) {
    for (const to of phases) {
      const { generation, phase, round = 0 } = this.activity(activity);
      await this.order('activity.advance', { activity, seen: { generation, phase, round }, to });
      await until(`${activity} is ${to}`, () => {
        const a = this.activity(activity);
        return a.phase !== phase || (a.round || 0) !== round;
      });
    }
  }
}
