import { requireOrganizationRight } from '@foyer/kafka';
import { InputCheck, isId, notFound, requireUser, withRefusals } from '@foyer/platform';
import { operateQueue, type Operation } from '../store/operateQueue.js';
import type { WaitroomContext } from './waitroomContext.js';
import { OPERATORS } from './operators.js';

/** Does something to a line on behalf of somebody who may. */
async function operate(context: WaitroomContext, eventId: string, operation: Operation): Promise<object> {
  requireUser(context.identity);
  const queue = isId(eventId) ? await context.queues.load(eventId) : null;
  if (!queue) throw notFound('waiting room for an event', eventId);
  const { sql } = context.store;
  const right = { ...OPERATORS, organizationId: queue.organizationId, listingId: queue.eventId };
  await requireOrganizationRight(sql, context.identity, right);
  await context.store.change((transaction) => operateQueue(transaction, queue.eventId, operation));
  return { __typename: 'OperateWaitroomPayload', event: { __typename: 'Event', id: queue.eventId } };
}

type OfEvent = Readonly<Record<'eventId', string>>;

/** Opens a line before its time. */
export const openWaitroom = withRefusals((_: unknown, { eventId }: OfEvent, context: WaitroomContext) =>
  operate(context, eventId, { kind: 'OPEN' }),
);

/** Stops admitting. */
export const pauseWaitroom = withRefusals((_: unknown, { eventId }: OfEvent, context: WaitroomContext) =>
  operate(context, eventId, { kind: 'PAUSE' }),
);

/** Goes on admitting. */
export const resumeWaitroom = withRefusals((_: unknown, { eventId }: OfEvent, context: WaitroomContext) =>
  operate(context, eventId, { kind: 'RESUME' }),
);

const LARGEST = 1_000_000;

/** Changes N and M. */
export const configureWaitroom = withRefusals(
  async (
    _: unknown,
    {
      input,
    }: {
      readonly input: OfEvent & {
        readonly maximumInCheckout?: number | null;
        readonly admissionsPerMinute?: number | null;
      };
    },
    context: WaitroomContext,
  ) => {
    const { maximumInCheckout, admissionsPerMinute } = input;
    requireUser(context.identity);
    new InputCheck()
      .integer(maximumInCheckout ?? 1, 'input.maximumInCheckout', 1, LARGEST)
      .integer(admissionsPerMinute ?? 1, 'input.admissionsPerMinute', 1, LARGEST)
      .done();
    return operate(context, input.eventId, {
      kind: 'CONFIGURE',
      maximumInCheckout: maximumInCheckout ?? undefined,
      admissionsPerMinute: admissionsPerMinute ?? undefined,
    });
  },
);
