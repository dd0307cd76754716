import { invariant } from '@foyer/platform/domain';

/** What an order's saga is for. */
export type SagaKind = 'PLACE' | 'COMPLETE' | 'CANCEL' | 'EXPIRE' | 'RETRY' | 'REFUND' | 'CHANGE';

/** What is asked of another subgraph; each is idempotent there. */
export type AskName =
  | 'HOLD'
  | 'CHANGE_HOLD'
  | 'CONFIRM'
  | 'RELEASE'
  | 'CREATE_PAYMENT'
  | 'CANCEL_PAYMENT'
  | 'RETURN_UNITS'
  | 'REFUND_PAYMENT';

/** One step: what is asked, and what undoes it. */
export interface SagaStep {
  readonly do: AskName;
  /** null: what it does is not undone. */
  readonly undo: AskName | null;
}

/** A saga's table of steps, in their order. */
export interface SagaDefinition {
  readonly steps: readonly SagaStep[];
}

/**
 * Every saga. A step's intent is committed before it is asked for, and its answer together with the next step's intent.
 * A step may be passed over (a total of zero needs no payment), never repeated.
 */
export const SAGAS: Readonly<Record<SagaKind, SagaDefinition>> = {
  /** From the order's record to its payment, or to its tickets where it costs nothing. */
  PLACE: {
    steps: [
      { do: 'HOLD', undo: 'RELEASE' },
      { do: 'CREATE_PAYMENT', undo: 'CANCEL_PAYMENT' },
      { do: 'CONFIRM', undo: null },
    ],
  },
  /** From the money to the tickets; another payment that is still open is closed afterwards. */
  COMPLETE: {
    steps: [
      { do: 'CONFIRM', undo: null },
      { do: 'CANCEL_PAYMENT', undo: null },
    ],
  },
  /**
   * The order is cancelled: nobody pays any more, its units go back. Also of a table whose party has dined or did not
   * come.
   */
  CANCEL: {
    steps: [
      { do: 'CANCEL_PAYMENT', undo: null },
      { do: 'RELEASE', undo: null },
    ],
  },
  /** The hold is over: unless the money was faster, the order is cancelled. */
  EXPIRE: { steps: [{ do: 'CANCEL_PAYMENT', undo: null }] },
  /** Another payment in place of the one before. */
  RETRY: {
    steps: [
      { do: 'CANCEL_PAYMENT', undo: null },
      { do: 'CREATE_PAYMENT', undo: null },
    ],
  },
  /** Money goes back, and the units of single tickets before it. */
  REFUND: {
    steps: [
      { do: 'RETURN_UNITS', undo: null },
      { do: 'REFUND_PAYMENT', undo: null },
    ],
  },
  /** Another table in place of the one before, in one step of inventory's: refused, there is nothing to undo. */
  CHANGE: { steps: [{ do: 'CHANGE_HOLD', undo: null }] },
};

/** Every kind. */
export const SAGA_KINDS = Object.keys(SAGAS) as readonly SagaKind[];

/** A transaction of a saga: its beginning, the answer to a step, or the answer to a step's undoing. */
export type CommitPoint = `${SagaKind}.BEGIN` | `${SagaKind}.${AskName}` | `${SagaKind}.UNDO_${AskName}`;

/** The transactions of all sagas, as their tables give them. A process may die before and after each. */
export const SAGA_COMMIT_POINTS: readonly CommitPoint[] = SAGA_KINDS.flatMap((kind) => [
  `${kind}.BEGIN` as const,
  ...SAGAS[kind].steps.map((step) => `${kind}.${step.do}` as const),
  ...SAGAS[kind].steps.flatMap((step) => (step.undo === null ? [] : [`${kind}.UNDO_${step.do}` as const])),
]);

/** The step of a saga that asks this. @throws InvariantViolation when it has none. */
export function stepOf(kind: SagaKind, ask: AskName): SagaStep {
  const step = SAGAS[kind].steps.find((each) => each.do === ask);
  invariant(step, `${kind} has no step ${ask}`);
  return step;
}

/** Whether a saga may go from one step to another: onwards only. */
export function leadsOn(kind: SagaKind, from: AskName, to: AskName): boolean {
  const place = (ask: AskName): number => SAGAS[kind].steps.findIndex((step) => step.do === ask);
  return place(from) >= 0 && place(to) > place(from);
}

for (const kind of SAGA_KINDS) {
  const asked = SAGAS[kind].steps.map((step) => step.do);
  invariant(
    asked.length > 0 && new Set(asked).size === asked.length,
    `${kind} asks for nothing, or twice for the same`,
  );
}
