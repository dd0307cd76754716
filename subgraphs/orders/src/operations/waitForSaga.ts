import { Refused } from '@foyer/platform';
import { orderChannel } from '../store/announceOrder.js';
import type { Store } from '../store/openStore.js';
import { findSaga } from '../store/sagas.js';
import type { SagaRow } from '../store/sagaRow.js';

/** How often another process's saga is looked at. */
const LOOK_EVERY_MS = 200;

/**
 * Waits until a saga is over, for some time at most.
 * @param running the saga, when this process runs it.
 * @throws Refused when it is over and was refused.
 */
export async function waitForSaga(
  store: Store,
  {
    sagaId,
    orderId,
    running,
    withinMs,
  }: {
    readonly sagaId: string;
    readonly orderId: string;
    readonly running?: Promise<SagaRow>;
    readonly withinMs: number;
  },
): Promise<void> {
  const until = performance.now() + withinMs;
  let saga = running ? await firstOf(running, withinMs) : null;
  while (saga?.state === 'RUNNING' || saga === null) {
    if (performance.now() >= until) return;
    const changed = nextChange(store, orderId, Math.min(LOOK_EVERY_MS, until - performance.now()));
    saga = await findSaga(store.sql, sagaId);
    if (saga?.state === 'RUNNING') await changed.happened;
    else changed.cancel();
    if (saga === null) return;
  }
  if (saga.outcome) throw new Refused(saga.outcome);
}

async function firstOf(running: Promise<SagaRow>, milliseconds: number): Promise<SagaRow | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds);
  });
  try {
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A change of an order from now on, or the end of some time. */
function nextChange(
  { pubsub }: Store,
  orderId: string,
  milliseconds: number,
): { readonly happened: Promise<void>; cancel(): void } {
  let cancel = (): void => undefined;
  const happened = new Promise<void>((resolve) => {
    const detach = pubsub.subscribe(orderChannel(orderId), {
      onMessage: () => cancel(),
      onResume: () => cancel(),
    });
    const timer = setTimeout(() => cancel(), milliseconds);
    cancel = () => {
      clearTimeout(timer);
      detach();
      resolve();
    };
  });
  return { happened, cancel: () => cancel() };
}
