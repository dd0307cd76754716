import { newId } from '@foyer/platform';
import type { Store } from '@foyer/waitroom/dist/store/createStore.js';
import type { JoinRequest } from '@foyer/waitroom/dist/store/joinGroup.js';
import { saveQueueSettings } from '@foyer/waitroom/dist/store/saveQueueSettings.js';
import { eventSnapshot } from '@foyer/waitroom/dist/testing/snapshots.js';

const DAY_SECONDS = 86_400;

/** People may join 30 days before the sale. */
export const OPEN = { opensBeforeMs: 30 * DAY_SECONDS * 1000 };

/** Makes an open line. @param saleStarts seconds from now. @returns its event's id. */
export async function newLine(store: Store, saleStarts = DAY_SECONDS): Promise<string> {
  const snapshot = eventSnapshot(newId(), { saleStarts, saleEnds: 2 * DAY_SECONDS });
  await store.transaction((sql) => saveQueueSettings(sql, snapshot));
  return snapshot.eventId;
}

/** Somebody who has not joined before. */
export function somebody(): JoinRequest {
  return { userId: newId(), staysForReturns: false };
}
