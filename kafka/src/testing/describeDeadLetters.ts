import { waitUntil } from '@foyer/platform/testing';
import type { EventBus } from '../bus/eventBus.js';
import { NotificationsDeadLetterAdded } from '../contracts/deadLetterEvents.js';
import { listDeadLetters } from '../deadLetters/deadLetters.js';
import { runDeadLetters } from '../deadLetters/runDeadLetters.js';
import type { CloudEvent } from '../event/cloudEvent.js';
import type { EventDataOf } from '../event/defineEvent.js';
import { judgeMessage } from '../inbox/judgeMessage.js';
import { counted, createApplied, readApplied, recordCounted } from './counted.js';
import { createTestSubgraph, TEST_RETRY_POLICY, type TestSubgraph } from './createTestSubgraph.js';
import { publishAndSettle } from './publishAndSettle.js';

const GROUP = 'notifications';
const TOPIC = 'order-events';

type DeadLetter = EventDataOf<typeof NotificationsDeadLetterAdded>;

/** What becomes of events that can't be handled, on a bus of any adapter. Call it in a test file. */
export function describeDeadLetters(adapter: string, open: () => Promise<EventBus>): void {
  describe(`dead letters on ${adapter}`, () => {
    let bus: EventBus;
    let subgraph: TestSubgraph;
    let broken: boolean;

    beforeEach(async () => {
      bus = await open();
      subgraph = await createTestSubgraph(GROUP, bus);
      await createApplied(subgraph.pool);
      broken = true;
      const handler = recordCounted({
        then: ({ data }) => {
          if (broken && data.number === 1) throw new Error('broken');
        },
      });
      await subgraph.messaging([handler]).start();
    });

    afterEach(async () => {
      await subgraph.remove();
      await bus.close();
    });

    const publish = (...events: CloudEvent[]): Promise<void> => publishAndSettle(bus, GROUP, TOPIC, events);

    /** What was said on the topic of dead letters, once there are so many. */
    async function deadLetters(count: number): Promise<readonly DeadLetter[]> {
      const letters: CloudEvent[] = [];
      const follower = bus.follow({
        topics: ['notifications-dead-letters'],
        since: new Date(0),
        onEvent: (message) => {
          const judgement = judgeMessage(
            message,
            new Map([[NotificationsDeadLetterAdded.type, [NotificationsDeadLetterAdded]]]),
          );
          if (judgement.kind !== 'handle') throw new Error('no dead letter');
          letters.push(judgement.event);
        },
      });
      await follower.start();
      await waitUntil(() => letters.length >= count, `${count} dead letters`);
      await follower.stop();
      return letters.map(({ data }) => data as DeadLetter);
    }

    test('an event that stays broken is told of on the topic, with its reason and where it came from', async () => {
      const event = counted('a', 1);
      await publish(event);
      const [letter] = await deadLetters(1);
      const [parked] = await listDeadLetters(subgraph.pool);
      expect(letter).toMatchObject({
        reason: 'Error: broken',
        attempts: TEST_RETRY_POLICY.tries,
        topic: TOPIC,
        partition: parked?.partition,
        offset: parked?.offset,
        parkedId: parked?.id,
        eventId: event.id,
        aggregateId: 'a',
        truncated: false,
      });
      expect(letter?.partition).toEqual(expect.any(Number));
      expect(letter?.offset).toEqual(expect.any(Number));
      expect(JSON.parse(letter?.message ?? '')).toEqual(event);
    });

    test('one that conforms to no contract is told of at once, whatever is in it; the rest goes on', async () => {
      const hostile = '\0 \ud800 "\\u0000" ' + 'x'.repeat(300_000);
      await publish(
        { ...counted('data', 2), data: { number: hostile } },
        {
          ...counted('long '.repeat(1000), 2),
          id: 'i'.repeat(5000),
          dataschema: 'urn:foyer:event:test.counted:2',
        },
        { ...counted('version', 2), aggregateversion: -1 },
        counted('good', 2),
      );
      expect(await readApplied(subgraph.pool, 'good')).toEqual([2]);
      const letters = await deadLetters(3);
      expect(letters.map(({ attempts }) => attempts)).toEqual([0, 0, 0]);
      expect(letters.map(({ reason }) => reason.split(/[:;]/)[0]).sort()).toEqual([
        'data does not conform to urn',
        'not an event',
        'schema urn',
      ]);
      expect(letters.find(({ aggregateId }) => aggregateId === 'data')).toMatchObject({ truncated: true });
    });

    test('npm run dead-letters replays them, and those behind them follow in order', async () => {
      await publish(counted('a', 1), counted('a', 2));
      await deadLetters(1);
      await publish(counted('a', 3));
      expect(await readApplied(subgraph.pool, 'a')).toEqual([]);
      broken = false;
      await runDeadLetters(['replay', '--all', '--subgraph', GROUP], {
        open: () => Promise.resolve(subgraph.pool),
        say: () => undefined,
      });
      await waitUntil(async () => (await readApplied(subgraph.pool, 'a')).length === 3);
      expect(await readApplied(subgraph.pool, 'a')).toEqual([1, 2, 3]);
    });
  });
}
