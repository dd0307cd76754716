import type { Identity } from '@foyer/platform';
import { moveReservation } from '../work/moveReservation.js';
import type { Services } from './services.js';
import { workAsFloor } from './workAsFloor.js';

/** The party is at its table. @returns the reservation's id. @throws Refused as `workAsFloor`. */
export function seatReservation(services: Services, identity: Identity, id: string): Promise<string> {
  return workAsFloor(services, identity, id, {
    action: 'SEAT',
    done: 'SEATED',
    async act(work, _reservation, actorId) {
      work.change({ kind: 'SEATED', actorId });
      await moveReservation(work, 'SEAT');
    },
  });
}
