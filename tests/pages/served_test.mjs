// How the server hands the pages out: encodings, ETags, what may be kept for how long, the policy.
// Usage: node --test served_test.mjs, with PLENUM_PROGRAM.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { WEB } from './bundle.mjs';
import { Server } from './room.mjs';

const data = mkdtempSync(path.join(tmpdir(), 'plenum-served-'));
const server = new Server(process.env.PLENUM_PROGRAM, data);
before(() => server.start());
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

const asset = readdirSync(path.join(WEB, 'dist')).find((name) => /^phone-[0-9a-f]{10}\.js$/.test(name));
const script = `/assets/${asset}`;

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
