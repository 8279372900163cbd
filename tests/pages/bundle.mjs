// Modules of the pages, as node can load them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { WEB } from './where.mjs';

export { WEB };
const esbuild = createRequire(path.join(WEB, 'package.json'))('esbuild');

// What `contents` exports, an ES module in gateway/web/src.
export async function bundled(contents) {
  const built = await esbuild.build({
    stdin: { contents, resolveDir: path.join(WEB, 'src'), loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2020',
    define: { WORDS_URLS: '{}', PICTURES_URL: '""' },
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'plenum-bundle-'));
  try {
    const file = path.join(folder, 'bundle.mjs');
    writeFileSync(file, built.outputFiles[0].contents);
    return await import(pathToFileURL(file));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
