// Two polls of one question. Before is hollow, now is solid: never by colour alone.
import type { CSSProperties } from 'preact';
import type { BallotForm, Comparison, ScaleTotals } from '../core/types';
import { S } from '../words/shared';
import { Columns, Ends } from './charts';

const peakOf = ({ counts, people }: ScaleTotals) => (people ? Math.max(...counts) / people : 0);

export function ComparisonChart({ comparison, ballot }: { comparison: Comparison; ballot?: BallotForm }) {
  const { before, after, paired, up, same, down, mean_change: change } = comparison;
  // Both halves in shares of their own people, on one height.
  const peak = Math.max(peakOf(before), peakOf(after));
  const half = (side: ScaleTotals, tone: 'before' | 'after', words: string) => (
    <div class={tone}>
      <p class="half-head">
        <span class={tone === 'before' ? 'ring' : 'disc'} aria-hidden="true" />
        <strong>{words}</strong> <small>{S().people(side.people)}</small>
      </p>
      <Columns counts={side.counts} ballot={ballot} tone={tone} top={peak * side.people} />
    </div>
  );
  return (
    <figure class="chart comparison">
      <Dumbbell comparison={comparison} ballot={ballot} />
      <div class="halves">
        {half(before, 'before', S().beforeWas(before.mean || '–'))}
        {half(after, 'after', S().nowIs(after.mean || '–'))}
      </div>
      {paired > 0 && (
        <p class="basis">
          {S().paired(paired, up, same, down)}{' '}
          {change !== undefined && S().meanChange(Number(change) > 0 ? `+${change}` : change)}
        </p>
      )}
      {comparison.groups_differ && <p class="basis caution">{S().groupsDiffer}</p>}
    </figure>
  );
}

// The two means on one scale, 1000 wide; the solid mark travels once, when the chart appears.
function Dumbbell({ comparison, ballot }: { comparison: Comparison; ballot?: BallotForm }) {
  const [before, now] = [comparison.before.mean || '0', comparison.after.mean || '0'];
  const scale = ballot?.kind === 'scale' ? ballot : undefined;
  const low = scale ? scale.low : 1;
  const high = scale ? scale.high : low + comparison.after.counts.length - 1;
  const x = (value: number) => 60 + (880 * (value - low)) / (high - low || 1);
  const [xb, xa] = [x(Number(before)), x(Number(now))];
  const gap = Math.abs(xa - xb);
  const close = gap < 190; // centred, the two figures would touch
  const inward = close ? Math.min(30, gap / 2 - 14) : 0;
  const step = Math.max(1, Math.ceil((high - low) / 10));
  const ticks: number[] = [];
  for (let value = low; value <= high; value += step) ticks.push(value);
  const label = (mean: string, at: number, tone: string, first: boolean) => (
    <text
      class={`db-mean ${tone}`}
      x={at}
      y={50}
      text-anchor={close ? (first ? 'end' : 'start') : 'middle'}
      dx={first ? inward : -inward}
    >
      {mean}
    </text>
  );
  return (
    <div class="dumbbell">
      <svg viewBox="0 0 1000 156" role="img" aria-label={S().meansAre(before, now, low, high)}>
        <line class="db-axis" x1={x(low)} x2={x(high)} y1={100} y2={100} />
        {ticks.map((value) => (
          <g key={value}>
            <line class="db-tick" x1={x(value)} x2={x(value)} y1={90} y2={110} />
            <text class="db-label" x={x(value)} y={148} text-anchor="middle">
              {value}
            </text>
          </g>
        ))}
        <line class="db-bar" x1={xb} x2={xa} y1={100} y2={100} style={{ '--from': `${xb}px` } as CSSProperties} />
        <circle class="db-before" cx={xb} cy={100} r={20} />
        <circle class="db-after" cx={xa} cy={100} r={24} style={{ '--travel': `${xb - xa}px` } as CSSProperties} />
        {label(before, xb, 'before', xa >= xb)}
        {label(now, xa, 'after', xa < xb)}
      </svg>
      <Ends ballot={ballot} />
    </div>
  );
}
