// What is committed in dist/ is what the sources make, is small, and keeps to the content policy.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { faultsOfShortNames } from '../../gateway/web/short_names.mjs';
import { WEB } from './bundle.mjs';

const DIST = path.join(WEB, 'dist');
const PHONE_LIMIT = 40 * 1024; // gzip: all that a phone loads in a day in one language: page, both scripts, drawings
const scratch = mkdtempSync(path.join(tmpdir(), 'plenum-dist-'));
after(() => rmSync(scratch, { recursive: true }));

const build = (...flags) =>
  execFileSync(process.execPath, [path.join(WEB, 'build.mjs'), ...flags], { encoding: 'utf8', stdio: 'pipe' });
const files = (folder) => readdirSync(folder).sort();
const read = (name) => readFileSync(path.join(DIST, name));
const packed = (name) => read(`${name}.gz`).length;

test('dist/ is what the sources make', () => {
  const out = path.join(scratch, 'dist');
  build('--out', out);
  assert.deepEqual(files(DIST), files(out), 'run: npm run build');
  for (const name of files(out).filter((n) => !/\.(gz|br)$/.test(n))) {
    assert.ok(read(name).equals(readFileSync(path.join(out, name))), `${name} differs: npm run build`);
  }
});

test('what stands beside a file is the same file', () => {
  const names = files(DIST).filter((n) => !/\.(gz|br)$/.test(n));
  assert.ok(names.length > 10);
  for (const name of names) {
    assert.ok(gunzipSync(read(`${name}.gz`)).equals(read(name)), `${name}.gz`);
    assert.ok(brotliDecompressSync(read(`${name}.br`)).equals(read(name)), `${name}.br`);
  }
});

test('a phone loads at most 40 KiB', () => {
  for (const [language, page] of Object.entries({ en: 'phone.html', cy: 'phone.cy.html' })) {
    const scripts = ['in', 'more'].map((part) => new RegExp(`^phone-${part}-${language}-[0-9a-f]{10}\\.js$`));
    const wanted = [...scripts, /^phone-[0-9a-f]{10}\.css$/, /^mark-.*svg$/, /^pictures-.*js$/];
    const found = files(DIST).filter((n) => n === page || wanted.some((pattern) => pattern.test(n)));
    assert.equal(found.length, wanted.length + 1, `${found}`);
    const all = found.reduce((sum, name) => sum + packed(name), 0);
    console.log(`phone, ${language}: ${all} bytes`);
    assert.ok(all <= PHONE_LIMIT, `${all} bytes, more than ${PHONE_LIMIT}`);
  }
  // And nothing of a phone's is left out of that: but for the words of a language that it changes to.
  const others = files(DIST).filter((n) => /^phone.*(js|css|html)$/.test(n) && !/^phone(-(in|more|en|cy)-|-[0-9a-f]{10}\.css|(\.cy)?\.html)/.test(n));
  assert.deepEqual(others, []);
});

test('nothing is inline, and nothing comes from elsewhere', () => {
  for (const page of ['phone', 'phone.cy', 'display', 'presenter', 'start']) {
    const html = read(`${page}.html`).toString();
    assert.doesNotMatch(html, /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|https?:/);
    // The way out of a page that does not run is the server's own, and nothing that is loaded.
    const asked = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map((m) => m[1]).filter((name) => name !== '/basic');
    assert.ok(asked.length >= 3);
    for (const name of asked) {
      assert.match(name, /^\/assets\/[a-z0-9-]+\.(js|css|svg)$/);
      assert.ok(files(DIST).includes(name.slice('/assets/'.length)), name);
    }
  }
});

test('the sources are typed', () => {
  execFileSync(path.join(WEB, 'node_modules', '.bin', 'tsc'), ['--noEmit'], { cwd: WEB, stdio: 'inherit' });
});

test('the lock file names no registry', () => {
  const lock = readFileSync(path.join(WEB, 'package-lock.json'), 'utf8');
  assert.doesNotMatch(lock, /"resolved"/);
});

test('a name that the wire or a browser knows is not made short, nor one that is gone', () => {
  const faults = faultsOfShortNames(['already', 'generation', 'scrollTop', 'onClick', 'noSuchName'], WEB);
  assert.deepEqual(faults.map((words) => words.split(':')[0]), ['generation', 'scrollTop', 'onClick', 'noSuchName']);
});

function built(change) {
  const theme = JSON.parse(readFileSync(path.join(WEB, 'theme.json'), 'utf8'));
  change(theme);
  const file = path.join(scratch, 'theme.json');
  writeFileSync(file, JSON.stringify(theme));
  return build('--theme', file, '--out', path.join(scratch, 'themed'));
}

test('a theme that cannot be read is refused, with the pair', () => {
  const refused = (change, words) =>
    assert.throws(() => built(change), (error) => words.test(error.stderr) || assert.fail(error.stderr));
  refused((t) => (t.light.soft = '#b0b0b0'), /light: soft #b0b0b0 on paper .* contrast of 1\.\d\d, less than 4\.5/);
  refused((t) => (t.dark['on-accent'] = '#ffffff'), /dark: on-accent #ffffff on accent/);
  refused((t) => delete t.light.ink, /light\.ink: a colour like/);
  refused((t) => (t.name = ''), /name: a text of 1 to 40 characters/);
  refused((t) => (t.mark = '"><script>'), /mark: the path of a drawing/);
});

test('another theme is taken', () => {
  built((t) => Object.assign(t, { name: 'Cynulliad' }) && (t.light.accent = '#5b1060'));
  const html = readFileSync(path.join(scratch, 'themed', 'phone.html'), 'utf8');
  assert.match(html, /<title>Cynulliad<\/title>/);
});
