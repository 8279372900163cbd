// What drives a real browser is not part of the project: it is installed beside the build.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const PACKAGES = ['playwright-core@1.49.1', 'ws@8.23.0', 'jsqr@1.4.0', 'axe-core@4.14.1'];
const CHROMIUM = process.env.CHROMIUM || '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
];

// Gives the function that loads what is installed in the folder.
export function install(folder) {
  mkdirSync(folder, { recursive: true });
  const list = path.join(folder, 'package.json');
  if (!existsSync(list)) writeFileSync(list, '{"private": true}\n');
  const load = createRequire(list);
  const there = PACKAGES.every((name) => {
    const at = name.lastIndexOf('@');
    const found = path.join(folder, 'node_modules', name.slice(0, at), 'package.json');
    return existsSync(found) && load(found).version === name.slice(at + 1);
  });
  const flags = ['install', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', folder];
  if (!there) execFileSync('npm', [...flags, ...PACKAGES], { stdio: 'inherit' });
  return load;
}

export function launch(load) {
  return load('playwright-core').chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}
