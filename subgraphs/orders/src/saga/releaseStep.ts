import type { Parties } from './parties.js';
import { END, type Task } from './verdict.js';

/** Gives the units of a cancelled order back. */
export function releaseStep({ inventory }: Parties): Task {
  return {
    async ask({ orderId, data }) {
      await inventory.release(orderId, data.reason ?? 'CANCELLED');
      return () => Promise.resolve(END);
    },
  };
}
