// One polite voice for those who listen: a change of phase at once, other news at most every ten
// seconds, the time left at 60, 30, 10 and 0 seconds.

const QUIET_MS = 10000;
const MARKS = [60, 30, 10, 0];

export class Voice {
  private spokeAt = 0;
  private left: number | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  // `timeWords`: the sentence for so many seconds left.
  constructor(
    private element: HTMLElement,
    private timeWords: (seconds: number) => string,
  ) {}

  // At once: the phase has changed, or an answer was not accepted.
  say(text: string) {
    clearTimeout(this.timer);
    this.spokeAt = Date.now();
    this.element.textContent = text;
  }

  // When there is a pause; only the newest is said.
  later(text: string) {
    clearTimeout(this.timer);
    const wait = Math.max(0, this.spokeAt + QUIET_MS - Date.now());
    this.timer = setTimeout(() => this.say(text), wait);
  }

  // Called each second with the time left, null for no limit.
  time(ms: number | null) {
    const left = ms === null ? null : Math.max(0, Math.ceil(ms / 1000));
    if (left !== null && this.left !== null && left < this.left) {
      const before = this.left;
      const mark = MARKS.find((m) => left <= m && before > m);
      if (mark !== undefined) this.say(this.timeWords(mark));
    }
    this.left = left;
  }
}
