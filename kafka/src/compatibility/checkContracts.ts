import { compareContracts, type ContractProblem } from './compareContracts.js';
import type { ContractRecord } from './contractRecord.js';

/** What `events:check` has found. */
export interface ContractVerdict {
  /** What would break somebody, and nobody has answered for. */
  readonly problems: readonly ContractProblem[];
  /** Whether the record says what the code says. */
  readonly recorded: boolean;
}

/**
 * Judges contracts by what was agreed on before.
 *
 * @param present as the code has them, with what is accepted. @param committed the record in the working tree, null
 * where there is none. @param earlier the record of an earlier commit, null where there is no history.
 */
export function checkContracts(
  present: ContractRecord,
  committed: ContractRecord | null,
  earlier: ContractRecord | null,
): ContractVerdict {
  const accepted = new Set(present.accepted.map(({ change }) => change));
  const problems = new Map<string, ContractProblem>();
  for (const before of [committed, earlier]) {
    for (const problem of before === null ? [] : compareContracts(before, present)) {
      if (!accepted.has(problem.change)) problems.set(problem.change, problem);
    }
  }
  return {
    problems: [...problems.values()],
    recorded: JSON.stringify(committed) === JSON.stringify(present),
  };
}
