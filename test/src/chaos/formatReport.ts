import { judge, summarize } from './judge.js';
import type { ChaosOptions, ChaosResult } from './runChaos.js';

/** The report of a run, for people: what happened by kind of fault, what was bought, and what is wrong. */
export function formatReport(
  { seed, minutes, people }: Pick<ChaosOptions, 'seed' | 'minutes' | 'people'>,
  result: ChaosResult,
): string {
  const wrong = judge(result);
  const list = (counts: Readonly<Partial<Record<string, number>>>): string =>
    Object.entries(counts)
      .map(([name, count]) => `${count ?? 0} ${name}`)
      .join(', ') || 'none';
  const rows = summarize(result).map(({ kind, injected, underWay, operations, hits }) =>
    [
      kind.padEnd(20),
      ...[injected, hits, underWay].map((count) => String(count).padStart(9)),
      `  ${list(operations)}`,
    ].join(''),
  );
  return [
    '',
    `Chaos, seed ${seed}, ${minutes} minutes, ${people} people`,
    '',
    `${'fault'.padEnd(20)} injected      hits under way  (operations)`,
    ...rows,
    '',
    `Stories told to their end: ${list(result.stories)}`,
    `Orders: ${result.orders}, of them completed: ${result.completed}. Refusals: ${list(result.refusals)}`,
    '',
    ...(wrong.length === 0
      ? ['Every invariant held.']
      : [`${wrong.length} faults:`, ...wrong.map((line) => `  ${line}`)]),
  ].join('\n');
}
