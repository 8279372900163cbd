// Bundles src/ into dist/: node build.mjs [--out DIR] [--theme FILE]. Names carry a hash of their
// bytes, so that browsers keep them for good; .gz and .br stand beside for the server to hand out.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import zopfli from '@gfx/zopfli';
import * as esbuild from 'esbuild';
import { faultsOfShortNames } from './short_names.mjs';
import { faults, markSvg, themeCss } from './theme.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const PAGES = ['display', 'presenter', 'start']; // and the phone's
const LANGUAGES = ['en', 'cy'];
const TARGETS = ['es2020', 'chrome87', 'firefox78', 'safari14.1', 'ios14.5'];

const { values } = parseArgs({ options: { out: { type: 'string' }, theme: { type: 'string' } } });
const out = path.resolve(values.out || path.join(here, 'dist'));
const theme = JSON.parse(readFileSync(values.theme || path.join(here, 'theme.json'), 'utf8'));
const wrong = faults(theme);
if (wrong.length) {
  console.error(`The theme cannot be used:\n  ${wrong.join('\n  ')}`);
  process.exit(1);
}

const files = new Map();

function add(name, bytes) {
  const { name: stem, ext } = path.parse(name);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
  const hashed = `${stem}-${hash}${ext}`;
  files.set(hashed, Buffer.from(bytes));
  return `/assets/${hashed}`;
}

const themed = {
  name: 'theme',
  setup(build) {
    build.onResolve({ filter: /^theme\.css$/ }, () => ({ path: 'theme.css', namespace: 'theme' }));
    build.onLoad({ filter: /.*/, namespace: 'theme' }, () => ({
      contents: themeCss(theme),
      loader: 'css',
    }));
  },
};

// The names of strings (`P().oneMoment`) become a letter or two, the same in a page and its languages.
// It goes by the form of the sources: in src/words each string begins a line.
const shortNames = (page) => ({
  name: 'short names',
  setup(build) {
    const take = (filter, change) =>
      build.onLoad({ filter }, ({ path: file }) => ({
        contents: change(readFileSync(file, 'utf8')),
        loader: path.extname(file).slice(1),
      }));
    take(/src.words.\w+_\w\w\.ts$/, (text) => text.replace(STRING, '  $1_said:'));
    take(/src.(core|charts|pictures|phone).\w+\.tsx?$/, (text) => text.replace(/\b([PS])\(\)\.(\w+)/g, '$1().$2_said'));
    build.initialOptions.mangleProps = new RegExp(`_said$|^(${INNER.join('|')})$`);
    build.initialOptions.mangleCache = lettersOf(page);
  },
});
// So do these members and properties of the phone's own, which neither the wire nor a browser knows.
const INNER = `already answers attempts awayMs bell bellRound busy changes complain connection countedAnswers dirty draft early enter fate flying foot handIn
  hearTime heardAt highLabel hold keep keepForMyDay legend lowLabel markSent mine nextSeq offerAgain offlineWords offsets onAnswer onBack
  onDone onElsewhere onEnter onLeave onMove onNumber onPick onRead onSend onSet onSit onText onToggle onView openedAt outbox ownIds pictureFrom pump
  quiet retryAt saidMemory saidName servers setDraft setKept setup shown shuffled spokeAt spokenOf sure takenOver tellGroup
  tellOrganisers timeLeft timeWords timer touch transmit triedAt trouble unrecorded versions waitingUnder wakeUp welcomed wire writeSaid writing`.split(/\s+/);
const unfit = faultsOfShortNames(INNER, here);
if (unfit.length) {
  console.error(`INNER of build.mjs has names that must stay as they are:\n  ${unfit.join('\n  ')}`);
  process.exit(1);
}
const STRING = /^ {2}(\w+):/gm;

function lettersOf(page) {
  const tables = ['shared', page].map((t) => readFileSync(path.join(here, 'src', 'words', `${t}_en.ts`), 'utf8'));
  const names = new Set([...tables.join('').matchAll(STRING)].map(([, name]) => `${name}_said`));
  const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const short = [...letters, ...letters.flatMap((a) => letters.map((b) => a + b))];
  return Object.fromEntries([...names].map((name, i) => [name, short[i]]));
}

const common = {
  absWorkingDir: here,
  bundle: true,
  write: false,
  minify: true,
  format: 'esm',
  target: TARGETS,
  charset: 'utf8',
  legalComments: 'none',
  // Chrome 87 knows `?.`; it only takes no `...` within such a call.
  supported: { 'optional-chain': true },
  logLevel: 'warning',
};

// A module of its own, loaded when it is needed: the strings of a language, the drawings.
async function part(name, folder, contents, more = {}) {
  const stdin = { contents, resolveDir: path.join(here, 'src', folder), loader: 'ts' };
  const built = await esbuild.build({ ...common, ...more, stdin });
  return add(`${name}.js`, built.outputFiles[0].contents);
}

const buildOf = (page, plugins) => ({
  ...common,
  outdir: here, // nothing is written there
  jsx: 'automatic',
  jsxImportSource: 'preact',
  plugins: [themed, ...plugins],
  define: {
    THEME_NAME: JSON.stringify(theme.name),
    THEME_MARK: JSON.stringify(theme.mark),
    PICTURES_URL: JSON.stringify(pictures),
  },
});
const source = (page, name) => path.join(here, 'src', page, name);

async function wordsOf(page, plugins = []) {
  const urls = {};
  for (const language of LANGUAGES) {
    const tables = ['shared', page].map((table) => `export * from './${table}_${language}';`);
    urls[language] = await part(`${page}-${language}`, 'words', tables.join('\n'), { plugins });
  }
  return urls;
}

async function bundle(page) {
  const settings = buildOf(page, []);
  settings.define.WORDS_URLS = JSON.stringify(await wordsOf(page));
  const built = await esbuild.build({ ...settings, entryPoints: [source(page, `${page}.tsx`)] });
  const take = (ending) => add(`${page}${ending}`, built.outputFiles.find((f) => f.path.endsWith(ending)).contents);
  return { js: take('.js'), css: take('.css') };
}

// What a phone loads is counted, and comes in two parts: what a first vote needs, with the words of one
// language, and the rest. The second takes from the first what both need: esbuild splits them so that
// this is all in one file, of which `phone.js` would be nothing but the import.
async function bundlePhone(language, words) {
  const settings = buildOf('phone', [shortNames('phone'), ownWords(language)]);
  const alias = { '@preact/signals': './src/phone/signals.ts', 'preact/hooks': './src/phone/hooks.ts' };
  Object.assign(settings.define, { WORDS_URLS: JSON.stringify(words), MORE_URL: '"/assets/more.js"' });
  const entryPoints = ['phone', 'more'].map((name) => source('phone', `${name}.tsx`));
  const built = await esbuild.build({ ...settings, alias, entryPoints, splitting: true, chunkNames: 'both' });
  const text = (name) => built.outputFiles.find((f) => path.basename(f.path) === name).text;
  if (built.outputFiles.length !== 5 || text('phone.js').length > 100) throw new Error('phone: not the two parts that were meant');
  // Each names the other, so both have the hash of the two as they were before.
  const both = [text('both.js'), text('more.js')];
  const hash = createHash('sha256').update(both.join('\n')).digest('hex').slice(0, 10);
  const [first, more] = [`phone-in-${language}-${hash}.js`, `phone-more-${language}-${hash}.js`];
  const named = (code) => code.replaceAll('./both.js', `./${first}`).replaceAll('/assets/more.js', `/assets/${more}`);
  files.set(first, Buffer.from(named(both[0])));
  files.set(more, Buffer.from(named(both[1])));
  return { js: `/assets/${first}`, css: add('phone.css', text('phone.css')) };
}

const ownWords = (language) => ({
  name: 'own words',
  setup(build) {
    build.onLoad({ filter: /src.words.own\.ts$/ }, ({ path: file }) => ({
      contents: `import * as shared from './shared_${language}';
        import * as phone from './phone_${language}';
        export const OWN = '${language}', OWN_TABLES = { ...shared, ...phone };`,
      resolveDir: path.dirname(file),
      loader: 'ts',
    }));
  },
});

const pictures = await part('pictures', 'pictures', "export { DRAWINGS } from './drawings';");
const mark = add('mark.svg', markSvg(theme));
function addHtml(page, { js, css }, language = 'en') {
  const html = readFileSync(source(page, `${page}.html`), 'utf8')
    .replaceAll('{{name}}', theme.name)
    .replaceAll('{{language}}', language)
    .replaceAll('{{colour}}', theme.light.paper)
    .replaceAll('{{dark-colour}}', theme.dark.paper)
    .replaceAll('{{mark}}', mark)
    .replaceAll('{{css}}', css)
    .replaceAll('{{js}}', js);
  files.set(language === 'en' ? `${page}.html` : `${page}.${language}.html`, Buffer.from(html));
}
for (const page of PAGES) addHtml(page, await bundle(page));
const words = await wordsOf('phone', [shortNames('phone')]);
for (const language of LANGUAGES) addHtml('phone', await bundlePhone(language, words), language);
files.set('mark.svg', Buffer.from(markSvg(theme))); // browsers ask for /favicon.ico

mkdirSync(out, { recursive: true });
for (const old of readdirSync(out)) rmSync(path.join(out, old));
for (const [name, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const gz = await zopfli.gzipAsync(bytes, { numiterations: 15 }); // gzip, four per cent smaller
  const br = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  writeFileSync(path.join(out, name), bytes);
  writeFileSync(path.join(out, `${name}.gz`), gz);
  writeFileSync(path.join(out, `${name}.br`), br);
  console.log(`${name}: ${bytes.length} bytes, gzip ${gz.length}, brotli ${br.length}`);
}
