import type { BenchResult } from './benchResult.js';

/** Figures as a table of Markdown. */
export function formatResults(results: readonly BenchResult[]): string {
  const rows = results.map(({ name, unit, value, baseline, ratio, aim, note }) => [
    name,
    `${format(value)} ${unit}`,
    baseline === null ? '–' : format(baseline),
    ratio === null ? '–' : `${format(ratio)} ×`,
    aim ?? '–',
    note,
  ]);
  const head = ['Figure', 'Measured', 'Baseline', 'Ratio', 'Aim', 'How'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Three digits, or the whole of it. */
function format(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}
