// The published figures of the September day, as the rehearsal has them; and the run sheet.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { WEB } from '../where.mjs';

const read = (...parts) => JSON.parse(readFileSync(path.join(WEB, '..', ...parts), 'utf8'));

export const FACTS = read('rehearse', 'facts.json');

const { before, spec } = FACTS.inserted;
const sheet = read('library', 'days', 'september.json').activities;
const at = sheet.findIndex((activity) => activity.id === before);
// With the activity that came to the organisers' minds during the day.
export const ACTIVITIES = [...sheet.slice(0, at), spec, ...sheet.slice(at)];

export const meanOf = (activity) => FACTS.means.find((one) => one.activity === activity).mean;
export const TOPICS = FACTS.topics.in_order.map((title, i) => [String(i + 1), title, String(25 - i)]);
export const DOTS = FACTS.dots.published.map(({ idea, score, parts }) => ({ idea, score: `${score}${parts.length > 1 ? '*' : ''}` }));
export const tablesOf = (activity) => FACTS.tables.find((one) => one.activity === activity);
