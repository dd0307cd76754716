import { invariant } from '@foyer/platform';
import { tableRefused } from '../domain/refusals.js';
import { changeReservation } from '../work/changeReservation.js';
import type { Parties } from './parties.js';
import { END, type Task } from './verdict.js';

/** Asks for another table in place of the one that a reservation has; refused, it keeps that. */
export function changeHoldStep({ inventory }: Parties): Task {
  return {
    async ask({ orderId, data: { change } }) {
      invariant(change, 'a change is written down before it is asked for');
      const { id: changeId, line, byStaff } = change;
      const answer = await inventory.change({ changeId, orderId, lines: [line], byStaff });
      return async (work) => {
        if (answer.refusal) return { kind: 'refused', outcome: tableRefused(answer.refusal) };
        const [held] = answer.lines;
        invariant(held, 'a change leaves an order a table');
        const reservation = await work.reservation();
        // Cancelled meanwhile: whoever did it has the table released.
        if (reservation?.status !== 'CANCELLED') await changeReservation(work, change, held);
        return END;
      };
    },
  };
}
