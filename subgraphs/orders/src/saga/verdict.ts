import type { RefusalData } from '@foyer/platform';
import type { AskName } from '../domain/sagas.js';
import type { OrderWork } from '../store/orderWork.js';
import type { SagaData, SagaRow } from '../store/sagaRow.js';

/** What follows from a step's answer. */
export type Verdict =
  /** Onwards; the step's intent is written with this transaction, and `data`, if given, in place of the saga's. */
  | { readonly kind: 'next'; readonly step: AskName; readonly data?: SagaData }
  /** The saga has done what it is for. */
  | { readonly kind: 'end' }
  /** This step took nothing: what those before it took is given back. */
  | { readonly kind: 'refused'; readonly outcome: RefusalData }
  /** All that was taken is given back, this step's included. */
  | { readonly kind: 'undo'; readonly outcome: RefusalData }
  /** Nothing more can be done without an operator. */
  | { readonly kind: 'park'; readonly why: string };

/** How a step is done: ask first, then write what came of it. */
export interface Task {
  /** Asks another subgraph, again and again until it answers. */
  ask(saga: SagaRow): Promise<Settle>;
}

/** Writes what was answered, under the order's lock. */
export type Settle = (work: OrderWork) => Promise<Verdict>;

/** The saga has done what it is for. */
export const END: Verdict = { kind: 'end' };
