import { hasPermission, isId } from '@foyer/platform';
import type { EntryView } from '../line/entryView.js';
import { findEntry } from '../store/findEntries.js';
import type { WaitroomContext } from './waitroomContext.js';
import { viewNow } from './waitroomEntry.js';

/** Fields of a place that are not simply there. */
export const entryFields = {
  /** For its owner and for staff; null for anybody else, as if there were none. */
  async __resolveReference(
    { id }: { readonly id: string },
    context: WaitroomContext,
  ): Promise<EntryView | null> {
    const { identity } = context;
    const entry = isId(id) ? await findEntry(context.store.sql, id) : null;
    if (!entry) return null;
    const mayRead =
      identity.kind === 'user' &&
      (identity.userId === entry.userId || hasPermission(identity, 'waitroom:operate-any'));
    return mayRead ? viewNow(entry, context) : null;
  },
  event: ({ eventId }: EntryView) => ({ __typename: 'Event', id: eventId }),
  admissionExpiresAt: ({ status, admissionExpiresAt }: EntryView) =>
    status === 'ADMITTED' ? admissionExpiresAt : null,
  async admissionToken(
    view: EntryView,
    _: unknown,
    { identity, admissions, clock }: WaitroomContext,
  ): Promise<string | null> {
    const { status, userId, eventId, admissionId, admissionExpiresAt, orderId } = view;
    if (status !== 'ADMITTED' || orderId !== null || admissionId === null || admissionExpiresAt === null)
      return null;
    if (identity.kind !== 'user' || identity.userId !== userId) return null;
    // Every token of an admission ends with it: in whole seconds, never later.
    const seconds =
      Math.floor(admissionExpiresAt.getTime() / 1000) - Math.floor(clock.now().getTime() / 1000);
    return seconds > 0 ? admissions.sign({ sub: userId, admissionId, eventId }, seconds) : null;
  },
};
