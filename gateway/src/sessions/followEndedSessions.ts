import { SessionEnded, type CloudEvent, type EventBus } from '@foyer/kafka';
import type { Clock, Component } from '@foyer/platform';
import { createEndedSessions, type EndedSessions } from './endedSessions.js';

/** Ended sessions as the event bus tells of them. */
export interface FollowedSessions extends EndedSessions, Component {}

/** Slack for clocks that differ, in milliseconds. */
const SLACK_MS = 60_000;

/**
 * Follows `session.ended` on the bus. At its start it reads back one access token's lifetime: what ended before that
 * has no living token.
 * @param tokenLifetimeMs an access token's lifetime in milliseconds.
 */
export function followEndedSessions(bus: EventBus, clock: Clock, tokenLifetimeMs: number): FollowedSessions {
  const keepMs = tokenLifetimeMs + SLACK_MS;
  const register = createEndedSessions(keepMs, () => clock.now().getTime());
  let follower: ReturnType<EventBus['follow']> | null = null;
  return {
    name: 'ended sessions',
    has: (sessionId) => register.has(sessionId),
    onEnded: (listener) => register.onEnded(listener),
    async start() {
      follower = bus.follow({
        topics: [SessionEnded.topic],
        events: [SessionEnded],
        since: new Date(clock.now().getTime() - keepMs),
        onEvent: ({ value }) => {
          const { type, time, data } = (value ?? {}) as Partial<CloudEvent<string, { sessionId?: unknown }>>;
          if (type !== SessionEnded.type || typeof data?.sessionId !== 'string') return;
          register.add(data.sessionId, time === undefined ? clock.now().getTime() : Date.parse(time));
        },
      });
      await follower.start();
    },
    async stop() {
      await follower?.stop();
      follower = null;
    },
  };
}
