// The look of an occasion: a name, a mark, colours for light and dark. A theme whose texts or
// controls could not be read is refused, with one sentence for each pair.

const COLOURS = [
  'paper', 'card', 'ink', 'soft', 'line', 'hair', 'accent', 'on-accent', 'tint', 'good', 'warn',
  'bad', 'before', 'after',
];

// [what is drawn, what it is drawn on, the least contrast]: WCAG 2.2, 1.4.3 and 1.4.11.
const PAIRS = [
  ...['paper', 'card', 'tint'].flatMap((ground) => [
    ['ink', ground, 4.5],
    ['soft', ground, 4.5],
    ['accent', ground, 4.5],
  ]),
  ...['paper', 'card'].flatMap((ground) => [
    ['good', ground, 4.5],
    ['warn', ground, 4.5],
    ['bad', ground, 4.5],
    ['line', ground, 3],
    ['after', ground, 3],
  ]),
  ['on-accent', 'accent', 4.5],
  ['paper', 'ink', 4.5],
];
// The pair of before and after differs in shape too (hollow and solid), so this is for comfort.
const DECORATIVE = [['before', 'card', 2.5]];

function luminance(hex) {
  const parts = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  const [r, g, b] = parts.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

// Sentences about what is wrong; none for a good theme.
export function faults(theme) {
  const found = [];
  if (typeof theme.name !== 'string' || !/^.{1,40}$/u.test(theme.name)) {
    found.push('name: a text of 1 to 40 characters');
  }
  if (typeof theme.mark !== 'string' || !/^[MmLlHhVvCcSsQqTtAaZz0-9 ,.-]{1,4000}$/.test(theme.mark)) {
    found.push('mark: the path of a drawing on 32 by 32');
  }
  for (const mode of ['light', 'dark']) {
    const colours = theme[mode] || {};
    const bad = COLOURS.filter((name) => !/^#[0-9a-f]{6}$/i.test(colours[name] || ''));
    found.push(...bad.map((name) => `${mode}.${name}: a colour like #12436d`));
    if (bad.length) continue;
    for (const [front, back, least] of [...PAIRS, ...DECORATIVE]) {
      const is = contrast(colours[front], colours[back]);
      if (is < least) {
        found.push(
          `${mode}: ${front} ${colours[front]} on ${back} ${colours[back]} has a contrast of ` +
            `${is.toFixed(2)}, less than ${least}`,
        );
      }
    }
  }
  return found;
}

const properties = (colours) =>
  Object.entries(colours).map(([name, colour]) => `--${name}:${colour};`).join('');

// `.night` is dark in both: the big screen between two activities.
export function themeCss(theme) {
  const { light, dark } = theme;
  return (
    `:root{color-scheme:light;${properties(light)}}` +
    `@media (prefers-color-scheme:dark){:root:not(.day){color-scheme:dark;${properties(dark)}}}` +
    `.night{color-scheme:dark;${properties(dark)}}` +
    `@media (forced-colors:active){.night{color-scheme:inherit;${properties(light)}}}`
  );
}

export const markSvg = (theme) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">` +
  `<path fill="${theme.light.accent}" fill-rule="evenodd" d="${theme.mark}"/></svg>\n`;
