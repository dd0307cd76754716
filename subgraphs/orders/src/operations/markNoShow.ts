import { notInState, type Identity } from '@foyer/platform';
import { endVisit } from '../work/endVisit.js';
import type { Services } from './services.js';
import { workAsFloor } from './workAsFloor.js';

/**
 * The party did not come; its table is free, its deposit is kept.
 * @returns the reservation's id.
 * @throws Refused as `workAsFloor`, and before the reservation begins.
 */
export function markNoShow(services: Services, identity: Identity, id: string): Promise<string> {
  return workAsFloor(services, identity, id, {
    action: 'MISS',
    done: 'NO_SHOW',
    async act(work, { startsAt, status }, actorId) {
      if (work.now < startsAt) {
        throw notInState('This reservation has not begun; the party may still come.', status);
      }
      await endVisit(work, 'MISS', actorId);
    },
  });
}
