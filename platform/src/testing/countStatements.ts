import { watchStatements } from './watchStatements.js';

/** Texts of statements that write, lock or belong to transactions: what jobs send meanwhile, and reading does not. */
const NO_READ =
  /^(begin|commit|rollback|set|savepoint|insert|update|delete|with|notify|listen|create)\b|for update|skip locked|messaging\.|bus\./i;

/**
 * How often this process reads by which statement while some work runs. What jobs read meanwhile is among it.
 * @returns counts by text.
 */
export async function countStatements(work: () => Promise<unknown>): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  const end = watchStatements({
    sent(text) {
      if (!NO_READ.test(text)) counts.set(text, (counts.get(text) ?? 0) + 1);
    },
  });
  try {
    await work();
  } finally {
    end();
  }
  return counts;
}
