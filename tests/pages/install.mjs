// Installs what the pages are built and tested with into gateway/web/node_modules, unless the lock
// file's packages are there already.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { WEB } from './where.mjs';

const packages = (file) => {
  const { packages: all } = JSON.parse(readFileSync(path.join(WEB, file), 'utf8'));
  return Object.entries(all).filter(([name]) => name);
};
const installed = 'node_modules/.package-lock.json';
const there = existsSync(path.join(WEB, installed)) && new Map(packages(installed));
const missing = packages('package-lock.json').filter(
  ([name, { version, optional }]) => !optional && (!there || there.get(name)?.version !== version),
);
if (missing.length) {
  console.log(`${missing.length} packages are not there: npm ci`);
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: WEB, stdio: 'inherit' });
}
