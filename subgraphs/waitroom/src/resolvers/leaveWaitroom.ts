import { isId, notFound, requirePermission, withRefusals } from '@foyer/platform';
import { viewEntry } from '../line/entryView.js';
import { leaveLine } from '../store/leaveLine.js';
import type { WaitroomContext } from './waitroomContext.js';

/** Gives the caller's place up. */
export const leaveWaitroom = withRefusals(
  async (_: unknown, { eventId }: { readonly eventId: string }, context: WaitroomContext) => {
    const { userId } = requirePermission(context.identity, 'waitroom:join');
    if (!isId(eventId)) throw notFound('event', eventId);
    const entry = await context.store.change((sql) => leaveLine(sql, eventId, userId));
    const line = await context.follower.fresh(entry.eventId);
    return { __typename: 'LeaveWaitroomPayload', entry: viewEntry(entry, line, context.clock.now()) };
  },
);
