import { invariant } from '@foyer/platform';
import { leadsOn, SAGAS, type AskName } from '../domain/sagas.js';
import type { SagaRow } from '../store/sagaRow.js';
import type { Verdict } from './verdict.js';

/** Where a saga stands after a verdict. One with nothing left to undo is `UNDONE`. */
export function advance(saga: SagaRow, verdict: Verdict): SagaRow {
  const present = { ...saga, attempts: 0, lastError: null };
  switch (verdict.kind) {
    case 'next':
      invariant(
        leadsOn(saga.kind, saga.step, verdict.step),
        `${saga.kind} can't go from ${saga.step} to ${verdict.step}`,
      );
      return {
        ...present,
        step: verdict.step,
        taken: [...saga.taken, verdict.step],
        data: verdict.data ?? saga.data,
      };
    case 'end':
      return { ...present, state: 'ENDED' };
    case 'refused':
      return undo({
        ...present,
        taken: saga.taken.filter((step) => step !== saga.step),
        outcome: verdict.outcome,
      });
    case 'undo':
      return undo({ ...present, outcome: verdict.outcome });
    case 'park':
      return { ...present, state: 'PARKED', lastError: verdict.why };
  }
}

/** The step that is to be undone next: the last one that took something; null when there is none. */
export function nextToUndo({ kind, taken }: SagaRow): AskName | null {
  const undoable = SAGAS[kind].steps.filter((step) => step.undo !== null).map((step) => step.do);
  return taken.findLast((step) => undoable.includes(step)) ?? null;
}

/** Where a saga stands once a step is undone. */
export function afterUndoing(saga: SagaRow, step: AskName): SagaRow {
  return undo({ ...saga, attempts: 0, lastError: null, taken: saga.taken.filter((each) => each !== step) });
}

function undo(saga: SagaRow): SagaRow {
  return { ...saga, undoing: true, state: nextToUndo(saga) === null ? 'UNDONE' : 'RUNNING' };
}
