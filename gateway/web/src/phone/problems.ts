// Why something was not accepted, in the reader's language. The server's own sentence is English:
// it stands in for what is not in the table.
import type { Answer } from '../core/types';
import { P } from '../words/phone';

export function problemWords({ outcome, reason = '', text = '' }: Answer): string {
  const known = P().reasons[reason];
  if (known) return known;
  if (outcome === 'late') return P().late;
  if (outcome === 'superseded') return P().superseded;
  if (outcome === 'stale') return P().stale;
  return text || P().notAccepted;
}
