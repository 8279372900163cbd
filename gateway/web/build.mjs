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
const PAGES = ['phone', 'display', 'presenter', 'start'];
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
const INNER = `already attempts awayMs bellRound complain connection countedAnswers dirty flying handIn heardAt highLabel keepForMyDay lowLabel markSent
  nextSeq offerAgain offlineWords onAnswer onBack onDone onElsewhere onEnter onLeave onMove onNumber onPick onRead onSend onSet onSit onText
  onToggle onView openedAt ownIds pictureFrom retryAt saidMemory saidName setDraft setKept shuffled spokeAt spokenOf
  takenOver tellGroup tellOrganisers timeLeft timeWords transmit triedAt unrecorded waitingUnder wakeUp welcomed writeSaid writing`.split(/\s+/);
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
  logLevel: 'warning',
};

// A module of its own, loaded when it is needed: the strings of a language, the drawings.
async function part(name, folder, contents, more = {}) {
  const stdin = { contents, resolveDir: path.join(here, 'src', folder), loader: 'ts' };
  const built = await esbuild.build({ ...common, ...more, stdin });
  return add(`${name}.js`, built.outputFiles[0].contents);
}

async function bundle(page) {
  const urls = {};
  const small = page === 'phone'; // what a phone loads is counted
  const plugins = small ? [shortNames(page)] : [];
  for (const language of LANGUAGES) {
    const tables = ['shared', page].map((table) => `export * from './${table}_${language}';`);
    urls[language] = await part(`${page}-${language}`, 'words', tables.join('\n'), { plugins });
  }
  const define = { WORDS_URLS: JSON.stringify(urls) };
  const first = small ? await part(`${page}-first`, page, "import './first';", { define }) : '';
  const built = await esbuild.build({
    ...common,
    entryPoints: [path.join(here, 'src', page, `${page}.tsx`)],
    outdir: here, // nothing is written there
    jsx: 'automatic',
    jsxImportSource: 'preact',
    plugins: [themed, ...plugins],
    alias: small ? { '@preact/signals': './src/phone/signals.ts', 'preact/hooks': './src/phone/hooks.ts' } : {},
    define: {
      THEME_NAME: JSON.stringify(theme.name),
      THEME_MARK: JSON.stringify(theme.mark),
      ...define,
      PICTURES_URL: JSON.stringify(pictures),
    },
  });
  const take = (ending) => {
    const file = built.outputFiles.find((f) => f.path.endsWith(ending));
    return add(`${page}${ending}`, file.contents);
  };
  return { js: take('.js'), css: take('.css'), first };
}

const pictures = await part('pictures', 'pictures', "export { DRAWINGS } from './drawings';");
const mark = add('mark.svg', markSvg(theme));
for (const page of PAGES) {
  const { js, css, first } = await bundle(page);
  const html = readFileSync(path.join(here, 'src', page, `${page}.html`), 'utf8')
    .replaceAll('{{name}}', theme.name)
    .replaceAll('{{colour}}', theme.light.paper)
    .replaceAll('{{dark-colour}}', theme.dark.paper)
    .replaceAll('{{mark}}', mark)
    .replaceAll('{{css}}', css)
    .replaceAll('{{first}}', first)
    .replaceAll('{{js}}', js);
  files.set(`${page}.html`, Buffer.from(html));
}
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
