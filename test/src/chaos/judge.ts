import { FAULTS, type FaultKind, type OperationName } from './faults.js';
import type { ChaosResult } from './runChaos.js';

/** What a kind of fault came to in a run. */
export interface KindSummary {
  readonly kind: FaultKind;
  readonly injected: number;
  /** Operations under way when they came, all of them together. */
  readonly underWay: number;
  readonly operations: Readonly<Partial<Record<OperationName, number>>>;
  /** What they hit: processes, messages, webhooks. */
  readonly hits: number;
}

/** Fewer show nothing. */
export const LEAST_PURCHASES = 100;

/** Sums up what happened by kind of fault. */
export function summarize({ injected }: Pick<ChaosResult, 'injected'>): readonly KindSummary[] {
  return (Object.keys(FAULTS) as FaultKind[]).map((kind) => {
    const own = injected.filter(({ fault }) => fault.kind === kind);
    const operations: Partial<Record<OperationName, number>> = {};
    for (const { underWay } of own) {
      for (const [name, count] of Object.entries(underWay) as [OperationName, number][])
        operations[name] = (operations[name] ?? 0) + count;
    }
    return {
      kind,
      injected: own.length,
      underWay: Object.values(operations).reduce((sum, count) => sum + count, 0),
      operations,
      hits: own.reduce((sum, { hits }) => sum + hits, 0),
    };
  });
}

/** Why a run has failed, one line each; none when every invariant held and every kind of fault hit something. */
export function judge(result: ChaosResult): readonly string[] {
  const { completed, faults, failures } = result;
  return [
    ...faults,
    ...failures.map((failure) => `the nemesis failed: ${failure}`),
    ...(completed < LEAST_PURCHASES
      ? [
          `only ${completed} purchases were completed; at least ${LEAST_PURCHASES} are needed to show anything`,
        ]
      : []),
    ...summarize(result).flatMap(({ kind, injected, underWay, hits }) => {
      if (injected === 0) return [`${kind}: never happened`];
      if (underWay === 0) return [`${kind}: nothing was under way when it happened`];
      return hits === 0 ? [`${kind}: hit nothing`] : [];
    }),
  ];
}
