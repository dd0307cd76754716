import { invalidArguments, isId, requirePermission } from '@foyer/platform';
import type { Entry } from '../domain/entry.js';
import { viewEntry, type EntryView } from '../line/entryView.js';
import { findEntry, findEntryOf } from '../store/findEntries.js';
import type { WaitroomContext } from './waitroomContext.js';

/** A place as it is now; the line is read after it, so a position never goes back from one process to the next. */
export async function viewNow(entry: Entry, { follower, clock }: WaitroomContext): Promise<EntryView> {
  return viewEntry(entry, await follower.fresh(entry.eventId), clock.now());
}

/** The caller's place by event or id. Asking is a sign of life. */
export async function waitroomEntry(
  _: unknown,
  { eventId, id }: { readonly eventId?: string | null; readonly id?: string | null },
  context: WaitroomContext,
): Promise<EntryView | null> {
  const { userId } = requirePermission(context.identity, 'waitroom:join');
  const given = [eventId, id].filter((each) => typeof each === 'string');
  if (given.length !== 1) {
    throw invalidArguments([{ path: 'eventId', rule: 'ONE_OF', message: 'Give either eventId or id.' }]);
  }
  if (!given.every(isId)) return null;
  const { sql } = context.store;
  const entry = id ? await findEntry(sql, id) : await findEntryOf(sql, eventId ?? '', userId);
  if (entry?.userId !== userId) return null;
  if (entry.status === 'QUEUED') context.presence.saw(entry);
  return viewNow(entry, context);
}
