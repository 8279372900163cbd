// One polite voice for those who listen: a change of phase at once, other news at most every ten
// seconds, the time left at 60, 30, 10 and 0 seconds.
import { timeWords } from './words.js';

const QUIET_MS = 10000;
const MARKS = [60, 30, 10, 0];

export class Voice {
  constructor(element) {
    this.element = element;
    this.spokeAt = 0;
    this.left = null;
  }

  // At once: the phase has changed, or an answer has its outcome.
  say(text) {
    clearTimeout(this.timer);
    this.spokeAt = Date.now();
    this.element.textContent = text;
  }

  // When there is a pause; only the newest is said.
  later(text) {
    clearTimeout(this.timer);
    const wait = Math.max(0, this.spokeAt + QUIET_MS - Date.now());
    this.timer = setTimeout(() => this.say(text), wait);
  }

  // Called each second with the time left, null for no limit.
  time(ms) {
    const left = ms === null ? null : Math.max(0, Math.ceil(ms / 1000));
    if (left !== null && this.left !== null && left < this.left) {
      const mark = MARKS.find((m) => left <= m && this.left > m);
      if (mark !== undefined) this.say(timeWords(mark * 1000));
    }
    this.left = left;
  }
}
