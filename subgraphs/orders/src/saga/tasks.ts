import type { RefusalData } from '@foyer/platform';
import { SAGAS, type AskName, type SagaKind } from '../domain/sagas.js';
import type { OrderWork } from '../store/orderWork.js';
import type { SagaRow } from '../store/sagaRow.js';
import { freeKey } from '../store/freeKey.js';
import { failOrder } from '../work/failOrder.js';
import { closePayment } from '../work/closePayment.js';
import { changeHoldStep } from './changeHoldStep.js';
import {
  closeCancelledStep,
  closeExpiredStep,
  closeUnneededStep,
  replacePaymentStep,
} from './closePaymentSteps.js';
import { confirmFreeStep, confirmPaidStep } from './confirmSteps.js';
import { createPaymentStep } from './createPaymentStep.js';
import { holdStep } from './holdStep.js';
import type { Parties } from './parties.js';
import { refundPaymentStep, returnUnitsStep } from './refundSteps.js';
import { releaseStep } from './releaseStep.js';
import { END, type Task, type Verdict } from './verdict.js';
import { invariant } from '@foyer/platform';

/** How the steps of the sagas' tables are done and undone. */
export interface Tasks {
  /** How a step is done. */
  doing(saga: SagaRow): Task;
  /** How what a step took is given back. Its verdict is null, or the end of a saga that turned out well after all. */
  undoing(
    saga: SagaRow,
    step: AskName,
  ): (saga: SagaRow) => Promise<(work: OrderWork) => Promise<Verdict | null>>;
  /** Writes that all is undone. */
  undone(work: OrderWork, saga: SagaRow, outcome: RefusalData | null): Promise<void>;
}

/** The tasks of all sagas. @throws InvariantViolation when a table has a step that nobody does or undoes. */
export function createTasks(parties: Parties): Tasks {
  const { inventory, payments } = parties;
  const doing: Readonly<Record<SagaKind, Partial<Record<AskName, Task>>>> = {
    PLACE: {
      HOLD: holdStep(parties),
      CREATE_PAYMENT: createPaymentStep(parties),
      CONFIRM: confirmFreeStep(parties),
    },
    COMPLETE: { CONFIRM: confirmPaidStep(parties), CANCEL_PAYMENT: closeUnneededStep(parties) },
    CANCEL: { CANCEL_PAYMENT: closeCancelledStep(parties), RELEASE: releaseStep(parties) },
    EXPIRE: { CANCEL_PAYMENT: closeExpiredStep(parties) },
    RETRY: { CANCEL_PAYMENT: replacePaymentStep(parties), CREATE_PAYMENT: createPaymentStep(parties) },
    REFUND: { RETURN_UNITS: returnUnitsStep(parties), REFUND_PAYMENT: refundPaymentStep(parties) },
    CHANGE: { CHANGE_HOLD: changeHoldStep(parties) },
  };
  const undoing: Partial<Record<AskName, ReturnType<Tasks['undoing']>>> = {
    async RELEASE({ orderId, outcome }) {
      await inventory.release(orderId, outcome?.code ?? 'UNDONE');
      return () => Promise.resolve(null);
    },
    async CANCEL_PAYMENT({ orderId, data }) {
      const { paymentId } = data;
      invariant(paymentId, 'a payment that is undone has an id');
      const answer = await payments.cancel(paymentId, orderId);
      // It was paid before it could be closed: the order goes on with that.
      return async (work) => ((await closePayment(work, paymentId, answer)) ? END : null);
    },
  };
  for (const kind of Object.keys(SAGAS) as SagaKind[]) {
    for (const step of SAGAS[kind].steps) {
      invariant(doing[kind][step.do], `nobody does ${step.do} of ${kind}`);
      invariant(
        step.undo === null || undoing[step.undo],
        `nobody does ${step.undo ?? ''}, which undoes ${step.do}`,
      );
    }
  }
  return {
    doing({ kind, step }) {
      const task = doing[kind][step];
      invariant(task, `nobody does ${step} of ${kind}`);
      return task;
    },
    undoing({ kind }, step) {
      const undo = SAGAS[kind].steps.find((each) => each.do === step)?.undo ?? null;
      const task = undo === null ? undefined : undoing[undo];
      invariant(task, `nobody undoes ${step} of ${kind}`);
      return task;
    },
    async undone(work, { kind, data }, outcome) {
      if (kind === 'PLACE') await failOrder(work, outcome);
      if (data.change) {
        await freeKey(work.sql, { operation: 'changeReservation', ...data.change.asked });
      }
    },
  };
}
