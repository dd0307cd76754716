import type { Identity } from '@foyer/platform';
import { endVisit } from '../work/endVisit.js';
import type { Services } from './services.js';
import { workAsFloor } from './workAsFloor.js';

/** The party has dined; its table is free. @returns the reservation's id. @throws Refused as `workAsFloor`. */
export function completeReservation(services: Services, identity: Identity, id: string): Promise<string> {
  return workAsFloor(services, identity, id, {
    action: 'COMPLETE',
    done: 'COMPLETED',
    act: (work, _reservation, actorId) => endVisit(work, 'COMPLETE', actorId),
  });
}
