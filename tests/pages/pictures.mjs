// A picture of every page in every state and way of reading, and an index.html that shows them all.
// Usage: node pictures.mjs PROGRAM FOLDER. Plays the tests that leave pictures, one after the other, and
// ends with the number of those that failed. About a quarter of an hour.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const TESTS = ['states', 'start', 'basic', 'desk', 'printed', 'hostile', 'journey'];

const [program, folder] = process.argv.slice(2).map((name) => path.resolve(name));
if (!folder) throw new Error('usage: node pictures.mjs PROGRAM FOLDER');
const here = path.dirname(fileURLToPath(import.meta.url));

const failed = TESTS.filter((name) => {
  const own = path.join(folder, name);
  mkdirSync(own, { recursive: true });
  console.log(`${name}_test`);
  const { status } = spawnSync('node', [`${name}_test.mjs`, program, own], { cwd: here, stdio: ['ignore', 'ignore', 'inherit'] });
  return status !== 0;
});

const escape = (text) => text.replace(/[&<"]/g, (c) => `&#${c.charCodeAt(0)};`);
const figure = (file) =>
  `<a href="${escape(file)}"><figure><img loading="lazy" src="${escape(file)}" alt=""><figcaption>${escape(path.basename(file, '.png'))}</figcaption></figure></a>`;
const sections = TESTS.map((name) => {
  const files = readdirSync(path.join(folder, name)).filter((file) => file.endsWith('.png')).sort();
  return { name, files: files.map((file) => `${name}/${file}`) };
});
writeFileSync(
  path.join(folder, 'index.html'),
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>The pages of plenum</title>
<style>body{font:14px sans-serif;background:#777}section{display:flex;flex-wrap:wrap;gap:8px}h2{width:100%}
figure{margin:0}img{height:320px;display:block}figcaption{max-width:32em}a{color:#fff}</style>
${sections.map(({ name, files }) => `<section><h2>${name}</h2>${files.map(figure).join('\n')}</section>`).join('\n')}
</html>
`,
);
const count = sections.reduce((sum, { files }) => sum + files.length, 0);
console.log(`${count} pictures: ${path.join(folder, 'index.html')}`);
if (failed.length) console.error(`failed: ${failed.join(', ')}`);
process.exitCode = failed.length;
