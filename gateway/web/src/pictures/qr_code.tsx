// A QR code as a drawing, dark on white in every theme.
import { useMemo } from 'preact/hooks';
import { qrModules } from './qr';

const QUIET = 4; // modules of white that readers need around it

export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => drawn(text), [text]);
  if (!size) return null;
  const box = { x: -QUIET, y: -QUIET, width: size + 2 * QUIET, height: size + 2 * QUIET };
  return (
    <svg class="qr" viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect {...box} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

// Made once for a text: it takes as long as several frames.
function drawn(text: string) {
  const modules = qrModules(text) || [];
  const path = modules.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('');
  return { size: modules.length, path };
}
