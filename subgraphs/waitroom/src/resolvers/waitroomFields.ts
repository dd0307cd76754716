import { hasOrganizationRight } from '@foyer/kafka';
import { isId } from '@foyer/platform';
import { connectionFrom, readPage, type PageArguments } from '@foyer/schema';
import { seedHash } from '../domain/draw.js';
import { estimateWait } from '../domain/estimateWait.js';
import { joinRefusal, opensAt } from '../domain/joinRefusal.js';
import type { Queue } from '../domain/queue.js';
import { findDrawnIds } from '../store/findEntries.js';
import { OPERATORS } from './operators.js';
import type { WaitroomContext } from './waitroomContext.js';

const opensBeforeMs = ({ configuration }: WaitroomContext): number =>
  configuration.opensBeforeSaleSeconds * 1000;

/** What we add to catalog's event. */
export const eventFields = {
  __resolveReference: ({ id }: { readonly id: string }) => ({ __typename: 'Event', id }),
  async waitroom(
    { id }: { readonly id: string },
    _: unknown,
    context: WaitroomContext,
  ): Promise<Queue | null> {
    const queue = isId(id) ? await context.queues.load(id) : null;
    return queue && (queue.published || queue.cancelled) ? queue : null;
  },
};

/** Fields of a line as everybody may see it. */
export const waitroomFields = {
  open: (queue: Queue, _: unknown, context: WaitroomContext) =>
    joinRefusal(queue, context.clock.now(), opensBeforeMs(context), true) === null,
  opensAt: (queue: Queue, _: unknown, context: WaitroomContext) => opensAt(queue, opensBeforeMs(context)),
  length: ({ waiting }: Queue) => waiting,
  seedHash: ({ seed }: Queue) => seedHash(seed).toString('hex'),
  draw: (queue: Queue) => (queue.drawnSeq === null ? null : queue),
  async operation(queue: Queue, _: unknown, context: WaitroomContext): Promise<object | null> {
    const { eventId, organizationId } = queue;
    const right = { ...OPERATORS, organizationId, listingId: eventId };
    if (!(await hasOrganizationRight(context.store.sql, context.identity, right))) return null;
    const line = await context.follower.fresh(eventId);
    return { line, now: context.clock.now() } satisfies OperationParent;
  },
};

/** Fields of a draw. */
export const drawFields = {
  seed: ({ seed }: Queue) => seed.toString('hex'),
  entryCount: ({ drawnCount }: Queue) => drawnCount,
  entriesHash: ({ entriesHash }: Queue) => entriesHash?.toString('hex'),
  async entries({ eventId }: Queue, pageArguments: PageArguments, { store }: WaitroomContext) {
    const page = readPage(pageArguments, { order: 'drawn', key: 'ID', defaultFirst: 100 });
    const after = page.after?.id ?? null;
    const ids = await findDrawnIds(store.sql, eventId, after, page.limit);
    return connectionFrom(
      ids.map((id) => ({ id })),
      page,
      ({ id }) => ({ key: id, id }),
    );
  },
};

/** What the figures are read from. */
export interface OperationParent {
  readonly line: Awaited<ReturnType<WaitroomContext['follower']['fresh']>>;
  readonly now: Date;
}

/** Fields of the operators' figures. */
export const operationFields = {
  maximumInCheckout: ({ line }: OperationParent) => line.maximumInCheckout,
  admissionsPerMinute: ({ line }: OperationParent) => line.admissionsPerMinute,
  inCheckout: ({ line }: OperationParent) => line.figures.inCheckout,
  waiting: ({ line }: OperationParent) => line.figures.waiting,
  joined: ({ line }: OperationParent) => line.figures.joined,
  admitted: ({ line }: OperationParent) => line.figures.admitted,
  completed: ({ line }: OperationParent) => line.figures.completed,
  dropped: ({ line }: OperationParent) => line.figures.dropped,
  throughput: ({ line, now }: OperationParent) => line.figures.admissionsPerMinute(now),
  dropOutRate: ({ line: { figures } }: OperationParent) =>
    figures.joined === 0 ? 0 : figures.dropped / figures.joined,
  meanCheckoutSeconds: ({ line: { figures } }: OperationParent) =>
    figures.meanCheckoutMs === null ? null : figures.meanCheckoutMs / 1000,
  estimatedClearing({ line, now }: OperationParent) {
    const { figures, saleState, paused, maximumInCheckout, admissionsPerMinute } = line;
    const { waiting, inCheckout, meanCheckoutMs } = figures;
    const secondsToSale = Math.max(0, ((line.saleStartsAt ?? now).getTime() - now.getTime()) / 1000);
    return estimateWait({
      ...{ ahead: waiting, waiting, inCheckout, meanCheckoutMs, secondsToSale },
      ...{ saleState, paused, maximumInCheckout, admissionsPerMinute },
    });
  },
};
