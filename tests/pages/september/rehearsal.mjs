// `plenum rehearse --follow` as a child: everybody of the day but three, whose part it writes down. It
// says when an activity gets to a stage, and when all of its people have done what they wanted to.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { until } from '../room.mjs';

const PATIENCE_MS = 600000; // of 177 people on a machine that has other work

export class Rehearsal {
  constructor(program, server, folder, { attendees, without }) {
    this.export = path.join(folder, 'export.ndjson');
    this.part = path.join(folder, 'their-part.json');
    const flags = ['--url', server.url, '--token-file', path.join(server.data, 'organiser.token'), '--speed', '0', '--json', '--tell-room', '--displays', '1'];
    const day = ['--attendees', attendees, '--follow', '--without', without, '--their-part', this.part, '--export', this.export];
    this.process = spawn(program, ['rehearse', ...flags, ...day.map(String)], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.out = '';
    this.err = '';
    this.read = 0; // of what it says on standard error
    this.process.stdout.on('data', (bytes) => (this.out += bytes));
    this.process.stderr.on('data', (bytes) => (this.err += bytes));
    this.ended = new Promise((done) => this.process.on('close', done));
  }

  // Waits until it has said something that fits, after what was waited for last.
  said(what, fits) {
    return until(what, () => {
      const news = this.err.slice(this.read);
      const line = news.split('\n').slice(0, -1).find(fits);
      if (line === undefined) {
        if (this.process.exitCode !== null) throw new Error(`the rehearsal ended, waiting for: ${what}\n${this.err.slice(-2000)}${this.out.slice(-2000)}`);
        return false;
      }
      this.read += news.indexOf(`${line}\n`) + line.length + 1;
      return line;
    }, PATIENCE_MS);
  }

  // The room, as soon as all of its people have joined.
  async room() {
    const room = await until('the room is told', () => this.out.includes('\n') && JSON.parse(this.out.slice(0, this.out.indexOf('\n'))));
    await this.said('people have joined', (line) => line.includes('have joined room'));
    return { ...room, part: JSON.parse(readFileSync(this.part, 'utf8')) };
  }

  // The next stage of this activity: { phase, round }.
  async stage(activity) {
    const pattern = new RegExp(`^${activity}: (\\w+)(?:, round (\\d+))?$`);
    const line = await this.said(`another stage of ${activity}`, (said) => pattern.test(said));
    const [, phase, round = 0] = pattern.exec(line);
    return { phase, round: Number(round) };
  }

  quiet(activity) {
    return this.said(`${activity} is quiet`, (line) => line.startsWith(`${activity}: `) && line.endsWith('have done what they wanted to'));
  }

  // Its exit code, and what it found.
  async summary() {
    const code = await this.ended;
    const lines = this.out.trim().split('\n');
    return { code, summary: JSON.parse(lines[lines.length - 1]) };
  }
}
