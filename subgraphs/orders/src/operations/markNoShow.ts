import type { Identity } from '@foyer/platform';
import { endVisit } from '../work/endVisit.js';
import type { Services } from './services.js';
import { workAsFloor } from './workAsFloor.js';

/**
 * The party did not come; its table is free, its deposit is kept.
 * @returns the reservation's id.
 * @throws Refused as `workAsFloor`.
 */
export function markNoShow(services: Services, identity: Identity, id: string): Promise<string> {
  return workAsFloor(services, identity, id, {
    action: 'MISS',
    done: 'NO_SHOW',
    act: (work, _reservation, actorId) => endVisit(work, 'MISS', actorId),
  });
}
