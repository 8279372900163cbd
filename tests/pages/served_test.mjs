// How the server hands the pages out: encodings, ETags, what may be kept for how long, the policy.
// Usage: node --test served_test.mjs, with PLENUM_PROGRAM.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { load } from './browser.mjs';
import { Server, Staff, until } from './room.mjs';

const data = mkdtempSync(path.join(tmpdir(), 'plenum-served-'));
const flags = (process.env.PLENUM_SERVE_FLAGS || '').split(' ').filter(Boolean);
const server = new Server(process.env.PLENUM_PROGRAM, data, flags);
let script;
before(async () => {
  await server.start();
  script = /<script type="module" src="([^"]+)"/.exec((await get('/')).body.toString())[1];
});
after(async () => {
  await server.stop();
  rmSync(data, { recursive: true });
});

// As it comes over the line: fetch would unpack it.
const get = (where, headers = {}) =>
  new Promise((done, failed) => {
    request(`${server.url}${where}`, { headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
    })
      .on('error', failed)
      .end();
  });

test('each encoding is the same page, under its own tag', async () => {
  const plain = await get(script);
  const gz = await get(script, { 'Accept-Encoding': 'deflate, gzip;q=0.8' });
  const br = await get(script, { 'Accept-Encoding': 'gzip, br' });
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.equal(gz.headers['content-encoding'], 'gzip');
  assert.equal(br.headers['content-encoding'], 'br');
  assert.ok(gunzipSync(gz.body).equals(plain.body));
  assert.ok(brotliDecompressSync(br.body).equals(plain.body));
  assert.equal(new Set([plain, gz, br].map((a) => a.headers.etag)).size, 3);
  for (const answer of [plain, gz, br]) assert.equal(answer.headers.vary, 'Accept-Encoding');
  const none = await get(script, { 'Accept-Encoding': 'br;q=0, gzip;q=0.0' });
  assert.equal(none.headers['content-encoding'], undefined);
});

test('a tag that is known is not sent again', async () => {
  const first = await get('/', { 'Accept-Encoding': 'gzip' });
  assert.equal(first.headers['cache-control'], 'no-cache');
  const again = await get('/', { 'Accept-Encoding': 'gzip', 'If-None-Match': first.headers.etag });
  assert.equal(again.status, 304);
  assert.equal(again.body.length, 0);
  const other = await get('/', { 'If-None-Match': first.headers.etag });
  assert.equal(other.status, 200, 'that tag is of another encoding');
});

test('what has a hash in its name is kept for a year', async () => {
  assert.equal((await get(script)).headers['cache-control'], 'public, max-age=31536000, immutable');
});

test('each address has its page', async () => {
  const pages = { '/': 'phone', '/r/482913': 'phone', '/t/7': 'phone', '/d/482913': 'display', '/f/482913': 'presenter', '/start': 'start' };
  for (const [where, name] of Object.entries(pages)) {
    const { status, body, headers } = await get(where);
    assert.equal(status, 200, where);
    assert.match(body.toString(), new RegExp(`class="${name}"`), where);
    assert.match(headers['content-security-policy'], /script-src 'self'; style-src 'self'/);
    assert.doesNotMatch(headers['content-security-policy'], /unsafe/);
  }
  for (const where of ['/assets/phone.css', '/assets/..%2fpackage.json', '/t/7/8', '/assets/']) {
    assert.equal((await get(where)).status, 404, where);
  }
});

test('the phone speaks the language that is wished for first', async () => {
  const speaks = async (wishes) => {
    const { body, headers } = await get('/', { 'Accept-Language': wishes });
    assert.equal(headers.vary, 'Accept-Encoding, Accept-Language');
    return /<html lang="(..)">/.exec(body)[1];
  };
  for (const wishes of ['cy', 'cy-GB,cy;q=0.9,en;q=0.8', 'fr, cy;q=0.5, en;q=0.1']) assert.equal(await speaks(wishes), 'cy', wishes);
  for (const wishes of ['', 'en-GB, cy;q=0.9', 'fr', ',,', 'de-cy']) assert.equal(await speaks(wishes), 'en', wishes);
});

// --- what a room's page is told (schema/wire.md, The first page) ---

const HOSTILE = '</script><script>alert(1)</script><!-- ';
const sheet = (more = {}) => ({
  title: HOSTILE,
  languages: ['en'],
  expected_people: 10,
  activities: [{ id: 'first', title: HOSTILE, prompt: HOSTILE, ballot: { kind: 'scale', low: 1, high: 5 } }],
  ...more,
});

async function openRoom(more) {
  const room = await server.makeRoom(sheet(more));
  const staff = new Staff(server, room, 'producer', load('ws'));
  await staff.open();
  after(() => staff.close());
  return { room, staff };
}

async function firstOf(room) {
  const page = (await get(`/r/${room.code}`)).body.toString();
  const found = /<script type="application\/json" id="first">([^<]*)<\/script>\n<\/body>\n<\/html>\n$/.exec(page);
  return found && JSON.parse(found[1]);
}

test('the page of a room brings along what its phones would ask', async () => {
  const { room, staff } = await openRoom();
  await staff.advance('first', 'voting');
  const first = await firstOf(room);
  assert.equal(first.stage.now.prompt.en, HOSTILE);
  assert.deepEqual(first.stage, staff.views.stage);
  assert.ok(Math.abs(first.time_ms - Date.now()) < 60000);
  const asked = async (path) => JSON.parse((await get(path)).body);
  assert.deepEqual(first.code, await asked(`/api/v1/codes/${room.code}`));
  const { text: _, ...notice } = await asked(`/api/v1/rooms/${room.code}/privacy`);
  assert.deepEqual(first.privacy, notice);
  const page = (await get(`/r/${room.code}`)).body.toString();
  assert.equal(page.match(/<script/g).length, 2, 'what somebody wrote opens no element');
});

test('it is never kept, and packed where that is taken', async () => {
  const { room } = await openRoom();
  const answer = await get(`/r/${room.code}`, { 'Accept-Encoding': 'br, gzip' });
  assert.equal(answer.headers['cache-control'], 'no-store');
  assert.equal(answer.headers.etag, undefined);
  assert.equal(answer.headers['content-encoding'], 'gzip');
  assert.match(gunzipSync(answer.body).toString(), /id="first"/);
  assert.match(answer.headers['content-security-policy'], /script-src 'self';/);
  const welsh = await get(`/r/${room.code}`, { 'Accept-Language': 'cy' });
  assert.match(welsh.body.toString(), /<html lang="cy">/);
});

test('where not everybody may join, what is going on is not in it', async () => {
  const { room, staff } = await openRoom();
  await staff.advance('first', 'voting');
  await staff.order('doors.set', { locked: true, expected_people: 10 });
  await until('the doors are locked', async () => !(await firstOf(room)).stage);
  await staff.order('doors.set', { locked: false, expected_people: 10 });
  await until('the doors are open', async () => (await firstOf(room)).stage);
  const badges = await openRoom({ join: 'codes' });
  await badges.staff.advance('first', 'voting');
  const first = await firstOf(badges.room);
  assert.equal(first.code.join, 'codes');
  assert.equal(first.stage, undefined);
});

test('nobody finds a room more easily by it', async () => {
  const { room } = await openRoom();
  const plain = await get('/r/000000');
  assert.equal(plain.status, 200);
  assert.equal(plain.headers['cache-control'], 'no-cache');
  assert.ok(plain.headers.etag);
  assert.ok(await firstOf(room));
  for (let i = 0; i < 25; i++) await get(`/r/${String(i).padStart(6, '0')}`);
  assert.equal(await firstOf(room), null, 'the page is as it is for every room');
  assert.equal((await get(`/r/${room.code}`)).status, 200);
  assert.equal((await get(`/api/v1/codes/${room.code}`)).status, 200, 'and asks for itself');
});
