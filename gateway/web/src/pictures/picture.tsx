// One picture card. Beside its name it is an ornament; alone it says what it shows. The drawings are
// loaded when the first is shown: most days have none.
import { signal } from '@preact/signals';
import { language } from '../core/language';
import type { Drawing } from './drawings';

const drawings = signal<Record<string, Drawing> | null>(null);
let asked = false;

function drawing(name?: string): Drawing | undefined {
  if (!name) return undefined;
  if (!asked) {
    asked = true;
    import(PICTURES_URL).then(
      (module) => (drawings.value = module.DRAWINGS),
      () => (asked = false), // the network: the next drawing asks again
    );
  }
  return drawings.value?.[name];
}

// The name of a drawing in the reader's language; empty if there is no such drawing.
export const pictureName = (name?: string) => drawing(name)?.[language.value] || '';

export function Picture({ name, alone }: { name?: string; alone?: boolean }) {
  const found = drawing(name);
  // Its place is kept until it is here, so that nothing jumps.
  if (name && !drawings.value) return <svg class="picture" viewBox="0 0 64 64" aria-hidden="true" />;
  if (!found) return null;
  const says = alone
    ? ({ role: 'img', 'aria-label': found[language.value] } as const)
    : ({ 'aria-hidden': 'true' } as const);
  return (
    <svg class="picture" viewBox="0 0 64 64" {...says}>
      <path class="wash" d={found.wash} />
      <path class="line" d={found.line} />
    </svg>
  );
}
