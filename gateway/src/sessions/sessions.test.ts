import { SessionEnded, type BusMessage, type EventBus, type FollowOptions } from '@foyer/kafka';
import { ManualClock } from '@foyer/platform';
import { createEndedSessions } from './endedSessions.js';
import { followEndedSessions } from './followEndedSessions.js';

describe('ended sessions', () => {
  test('are told once and forgotten when no token of theirs can live', () => {
    let now = 0;
    const sessions = createEndedSessions(1000, () => now);
    const told: string[] = [];
    const detach = sessions.onEnded((sessionId) => told.push(sessionId));
    sessions.add('a', 0);
    sessions.add('a', 0);
    now = 500;
    sessions.add('b', 500);
    expect([sessions.has('a'), sessions.has('b'), sessions.has('c')]).toEqual([true, true, false]);
    now = 1001;
    sessions.add('c', 1001);
    expect([sessions.has('a'), sessions.has('b'), sessions.has('c')]).toEqual([false, true, true]);
    detach();
    sessions.add('d', 1001);
    expect(told).toEqual(['a', 'b', 'c']);
  });

  test('are followed on the bus, from one token’s lifetime ago', async () => {
    const clock = new ManualClock();
    const follows: FollowOptions[] = [];
    const steps: string[] = [];
    const bus = {
      follow(options: FollowOptions) {
        follows.push(options);
        return {
          start: () => Promise.resolve(void steps.push('started')),
          stop: () => Promise.resolve(void steps.push('stopped')),
        };
      },
    } as unknown as EventBus;
    const sessions = followEndedSessions(bus, clock, 600_000);
    const told: string[] = [];
    sessions.onEnded((sessionId) => told.push(sessionId));
    await sessions.start();
    const [options] = follows;
    expect(options?.topics).toEqual([SessionEnded.topic]);
    expect((options?.since as Date).getTime()).toBeLessThanOrEqual(clock.now().getTime() - 600_000);
    const event = (value: unknown): BusMessage => ({ offset: 1, key: 'k', value });
    const time = clock.now().toISOString();
    await options?.onEvent(
      event({ type: SessionEnded.type, time, data: { sessionId: 's1' } }),
      SessionEnded.topic,
    );
    await options?.onEvent(
      event({ type: 'user.updated', time, data: { sessionId: 's2' } }),
      SessionEnded.topic,
    );
    await options?.onEvent(event({ type: SessionEnded.type, time, data: {} }), SessionEnded.topic);
    await options?.onEvent(event('no event at all'), SessionEnded.topic);
    await options?.onEvent(event(null), SessionEnded.topic);
    expect(told).toEqual(['s1']);
    expect(sessions.has('s1')).toBe(true);
    await sessions.stop();
    expect(steps).toEqual(['started', 'stopped']);
  });
});
