import {
  isId,
  networkOf,
  notFound,
  rateLimited,
  Refused,
  requirePermission,
  withRefusals,
  type UserIdentity,
} from '@foyer/platform';
import { findEventCopy } from '@foyer/kafka';
import { viewEntry } from '../line/entryView.js';
import type { WaitroomContext } from './waitroomContext.js';

/** Takes a place in line, or gives the one that is there. */
export const joinWaitroom = withRefusals(
  async (
    _: unknown,
    { eventId, stayForReturns }: { readonly eventId: string; readonly stayForReturns: boolean },
    context: WaitroomContext,
  ) => {
    const user = requirePermission(context.identity, 'waitroom:join');
    if (!isId(eventId)) throw notFound('event', eventId);
    await limit(context, user);
    if (!(await context.queues.load(eventId))) throw await withoutQueue(context, eventId);
    const entry = await context.joiner.join(eventId, {
      userId: user.userId,
      staysForReturns: stayForReturns,
    });
    context.presence.saw(entry);
    const line = await context.follower.at(entry.eventId, entry.seq);
    return { __typename: 'JoinWaitroomPayload', entry: viewEntry(entry, line, context.clock.now()) };
  },
);

async function limit({ rateLimiter, configuration }: WaitroomContext, user: UserIdentity): Promise<void> {
  const { joinsPerPerson, joinsPerAddress } = configuration;
  const limits = [
    [{ name: 'waitroom-join-person', points: joinsPerPerson, seconds: 60 }, user.userId],
    [{ name: 'waitroom-join-address', points: joinsPerAddress, seconds: 60 }, networkOf(user.address)],
  ] as const;
  for (const [rate, key] of limits) {
    const { allowed, retryAfter } = await rateLimiter.consume(rate, key);
    if (!allowed)
      throw rateLimited(
        'You are trying to join too often. Your place, if you have one, is safe.',
        retryAfter,
      );
  }
}

/** Why an event has no queue: there is no such event, it is not public yet, or nobody has to wait for it. */
async function withoutQueue({ store }: WaitroomContext, eventId: string): Promise<Refused> {
  const event = await findEventCopy(store.sql, eventId);
  if (event?.status !== 'PUBLISHED') return notFound('event', eventId);
  return new Refused({
    __typename: 'NoWaitroom',
    code: 'NO_WAITROOM',
    message: 'This event has no waiting room. Place your order; no admission is needed.',
  });
}
