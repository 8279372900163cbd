// Which of the phone's inner names must not be made short: those that the wire or a browser knows,
// too, would no longer be found there; those that are gone from the sources are left over.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

// Browsers have these, too, but nothing that the phone's page touches: `navigator.connection`, a window
// of a video, and what a <details> says (onToggle is an attribute of a component only).
const NEVER_THEIRS = ['connection', 'onEnter', 'onToggle'];

const textOf = (folder, pattern) =>
  readdirSync(folder)
    .filter((name) => pattern.test(name))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .join('\n');

// A sentence for each; none if all is well. `here`: the folder gateway/web.
export function faultsOfShortNames(names, here) {
  const sources = ['phone', 'core'].map((name) => textOf(path.join(here, 'src', name), /\.tsx?$/)).join('\n');
  const wire = textOf(path.join(here, '../../schema/json-schema'), /\.json$/);
  const types = path.join(here, 'node_modules/@typescript');
  const [platform] = readdirSync(types);
  const browser = readFileSync(path.join(types, platform, 'lib/lib.dom.d.ts'), 'utf8');
  const known = new Set([...browser.matchAll(/^ +(?:readonly |get |set )?(\w+)\??[:(<]/gm)].map(([, name]) => name));
  if (!known.has('addEventListener')) throw new Error('the names that browsers know were not found');
  return names.flatMap((name) => {
    if (!new RegExp(`\\b${name}\\b`).test(sources)) return `${name}: no source of the phone has it`;
    if (wire.includes(`"${name}"`)) return `${name}: it goes over the wire`;
    const theirs = known.has(name) || known.has(name.toLowerCase()); // onClick
    if (theirs && !NEVER_THEIRS.includes(name)) return `${name}: browsers know it`;
    return [];
  });
}
