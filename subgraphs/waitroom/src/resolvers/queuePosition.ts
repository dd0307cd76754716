import { isId, requirePermission } from '@foyer/platform';
import { GraphQLError } from 'graphql';
import type { EntryView } from '../line/entryView.js';
import { findEntryOf } from '../store/findEntries.js';
import type { WaitroomContext } from './waitroomContext.js';

/** The caller's place now and at every change worth telling. */
export const queuePosition = {
  async subscribe(
    _: unknown,
    { eventId }: { readonly eventId: string },
    context: WaitroomContext,
  ): Promise<AsyncIterable<EntryView>> {
    const { userId } = requirePermission(context.identity, 'waitroom:join');
    const entry = isId(eventId) ? await findEntryOf(context.store.sql, eventId, userId) : null;
    if (!entry) {
      throw new GraphQLError('You have no place in this line. Join it first.', {
        extensions: { code: 'NOT_FOUND' },
      });
    }
    return context.feed.follow(entry);
  },
  resolve: (view: EntryView) => view,
};
