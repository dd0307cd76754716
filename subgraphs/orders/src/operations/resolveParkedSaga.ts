import { isId, newId, notFound, notInState } from '@foyer/platform';
import { workOnOrder, type OrderWork } from '../store/orderWork.js';
import { findSaga } from '../store/sagas.js';
import type { SagaRow } from '../store/sagaRow.js';
import { failOrder } from '../work/failOrder.js';
import type { Services } from './services.js';

/** What an operator does with a parked saga. */
export type SagaResolution = 'RETRY' | 'ABANDON';

/**
 * Tries a parked saga again from where it stands, or gives it up.
 * @returns its order's id.
 * @throws Refused when there is no such saga, or it is not parked.
 */
export async function resolveParkedSaga(
  { store }: Services,
  sagaId: string,
  resolution: SagaResolution,
): Promise<string> {
  const known = isId(sagaId) ? await findSaga(store.sql, sagaId) : null;
  if (!known) throw notFound('saga', sagaId);
  await workOnOrder(store, known.orderId, async (work) => {
    const saga = await findSaga(work.sql, sagaId);
    if (saga?.state !== 'PARKED') {
      throw notInState('Only a parked saga can be resolved.', saga?.state ?? 'ENDED');
    }
    if (resolution === 'ABANDON') await abandon(work, saga);
    else await retry(work, saga, () => store.wakeSagas());
  });
  return known.orderId;
}

async function retry(work: OrderWork, saga: SagaRow, wake: () => void): Promise<void> {
  const { refund } = saga.data;
  const requestId = newId();
  // What the provider refused for good stays refused under its name: the refund is asked for under another.
  const renamed = await work.sql.query(
    `update refund set state = 'REQUESTED', failure = null, request_id = $2 where id = $1 and state = 'FAILED'
     returning 1 as renamed`,
    [refund?.id ?? null, requestId],
  );
  const data = renamed.length > 0 ? { ...saga.data, refund: { ...refund, requestId } } : saga.data;
  await work.sql.query(
    `update saga set state = 'RUNNING', attempts = 0, data = $2, next_attempt_at = clock_timestamp(),
       updated_at = clock_timestamp()
     where id = $1`,
    [saga.id, JSON.stringify(data)],
  );
  work.sql.afterCommit(wake);
}

async function abandon(work: OrderWork, saga: SagaRow): Promise<void> {
  await work.sql.query(`update saga set state = 'ABANDONED', updated_at = clock_timestamp() where id = $1`, [
    saga.id,
  ]);
  if (saga.kind === 'PLACE') await failOrder(work, saga.outcome, 'GIVEN_UP');
}
