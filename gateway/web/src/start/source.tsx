// The run sheet as it is written, with the numbers of its lines, and where the server finds mistakes.
import { useEffect, useRef } from 'preact/hooks';
import { T } from '../words/start';
import type { Problem } from './server';
import { columnOf, offsetOf } from './sheet';
import { fresh, source, write } from './state';

const LINES_ABOVE = 4; // of the one that the caret is put on

let area: HTMLTextAreaElement | null = null;

export function SourceForm() {
  const own = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLPreElement>(null);
  useEffect(() => {
    area = own.current;
    return () => void (area = null);
  }, []);
  const wrong = new Set((fresh.value?.problems || []).map((problem) => problem.line));
  const lines = source.value.split('\n').length;
  const numbers = Array.from({ length: lines }, (_, i) => (wrong.has(i + 1) ? `✗ ${i + 1}` : `${i + 1}`));
  const follow = () => {
    if (gutter.current && own.current) gutter.current.scrollTop = own.current.scrollTop;
  };
  return (
    <div class="source">
      <label for="source">{T().sourceLabel}</label>
      <p class="hint" id="source-hint">
        {T().sourceHint}
      </p>
      <div class="source-box">
        <pre class="gutter" aria-hidden="true" ref={gutter}>
          {numbers.join('\n')}
        </pre>
        <textarea
          id="source"
          ref={own}
          wrap="off"
          spellcheck={false}
          autocomplete="off"
          autocapitalize="none"
          aria-describedby="source-hint"
          aria-invalid={wrong.size ? 'true' : undefined}
          value={source.value}
          onInput={(event) => write(event.currentTarget.value, false)}
          onScroll={follow}
        />
      </div>
    </div>
  );
}

// The caret, at a mistake; the rest of its line is marked.
export function showPlace({ line, column }: Problem) {
  if (!area) return;
  const offset = offsetOf(source.value, line, column);
  const end = source.value.indexOf('\n', offset);
  area.focus();
  area.setSelectionRange(offset, end < 0 ? source.value.length : end);
  area.scrollTop = (line - 1 - LINES_ABOVE) * parseFloat(getComputedStyle(area).lineHeight);
  area.scrollLeft = 0;
}

export const placeWords = (problem: Problem) =>
  T().place(problem.line, columnOf(source.value, offsetOf(source.value, problem.line, problem.column)));
