// Every string is there in every language, is not the English one left over, and says the names and
// numbers that it is told. (That no string is missing is also a matter of types: tsc.)
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { bundled, WEB } from './bundle.mjs';

const TABLES = ['shared', 'phone', 'display', 'presenter', 'start'];
const LANGUAGES = ['en', 'cy'];
// The same in both languages: names, figures, abbreviations.
const SAME = new Set(['shared.quoted', 'display.checkpoint', 'phone.serverSaid', 'phone.reasons', 'presenter.wasSo', 'presenter.named']);
const SAME_WORDS = new Set(['presenter.waiting', 'presenter.refused']);

async function tables(language) {
  const all = await bundled(TABLES.map((t) => `export * from './words/${t}_${language}';`).join('\n'));
  return Object.fromEntries(TABLES.map((name) => [name, all[name]]));
}

// What a string says: given arguments that can be told apart in what comes out.
function said(entry, many) {
  if (typeof entry !== 'function') return entry;
  const given = [7311, 7457, 7603, 7793].map((n) => (many ? n : 1));
  const texts = ['“Ana”', '“Ben”', '“Cai”', '“Dwy”'];
  const attempts = [given, texts, [texts[0], ...given], [given[0], texts[1]], [['“Ana”', '“Ben”']]];
  for (const args of attempts) {
    try {
      const words = entry(...args);
      if (typeof words === 'string' && !/undefined|NaN/.test(words)) return words;
    } catch {
      /* takes something else */
    }
  }
  throw new Error(`no arguments fit: ${entry}`);
}

const plain = (text) => text.replace(/\u202f/g, '');
const english = await tables('en');

for (const language of LANGUAGES.slice(1)) {
  const theirs = await tables(language);
  for (const table of TABLES) {
    test(`${table} in ${language}`, () => {
      assert.deepEqual(Object.keys(theirs[table]).sort(), Object.keys(english[table]).sort());
      for (const [key, entry] of Object.entries(english[table])) {
        const name = `${table}.${key}`;
        const own = theirs[table][key];
        if (typeof entry === 'object') {
          if (!SAME.has(name)) assert.deepEqual(Object.keys(own).sort(), Object.keys(entry).sort(), name);
          continue;
        }
        const [here, there] = [said(entry, true), said(own, true)].map(plain);
        assert.notEqual(there.trim(), '', name);
        if (!SAME.has(name) && !SAME_WORDS.has(name)) assert.notEqual(there, here, `${name} is English`);
        const told = (text) => (text.match(/7311|7457|7603|7793|“Ana”|“Ben”|“Cai”/g) || []).sort();
        assert.deepEqual(told(there), told(here), `${name} says other things`);
      }
    });
  }
}

test('each string is used', () => {
  const folders = readdirSync(path.join(WEB, 'src'), { recursive: true });
  const code = folders
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('words'))
    .map((name) => readFileSync(path.join(WEB, 'src', name), 'utf8'))
    .join('\n');
  const unused = TABLES.flatMap((table) =>
    Object.keys(english[table])
      .filter((key) => !new RegExp(`\\(\\)\\.${key}\\b`).test(code))
      .map((key) => `${table}.${key}`),
  );
  const byName = ['presenter.options', 'presenter.ideas'];
  assert.deepEqual(unused.filter((name) => !byName.includes(name)), []);
});

test('points are not called dots', async () => {
  for (const language of LANGUAGES) {
    const { phone } = await tables(language);
    const words = phone.sendDots;
    assert.match(words(false), /\b(dots|notiau)$/);
    assert.match(words(true), /\b(points|mhwyntiau)$/);
  }
});
