import { newId } from '@foyer/platform';
import { Type } from '@sinclair/typebox';
import { waitUntil } from '@foyer/platform/testing';
import type { BusBatch, EventBus } from '../bus/eventBus.js';
import type { CloudEvent } from '../event/cloudEvent.js';
import { defineEvent } from '../event/defineEvent.js';
import type { Topic } from '../event/topics.js';
import { settle } from './publishAndSettle.js';
import { spawnMember, type MemberProcess } from './spawnMember.js';
import { testEvent } from './testEvent.js';

/** One log of an adapter, fresh for each test. */
export interface BusUnderTest {
  /** Another process's view of the log: a bus of its own. The suite closes it. */
  open(): Promise<EventBus>;
  /** Environment by which `createBusFromEnvironment` finds the log. */
  readonly environment: Readonly<Record<string, string>>;
  /** Opens the log with another number of partitions than it has. */
  openWrongly(): Promise<EventBus>;
  /**
   * Begins to append, as another process does in its own transaction, and does not commit until told to.
   * Null where the engine appends without transactions.
   */
  readonly holdAppend:
    ((topic: Topic, events: readonly CloudEvent[]) => Promise<{ commit(): Promise<void> }>) | null;
  remove(): Promise<void>;
}

const TOPIC: Topic = 'order-events';
const GROUP = 'group';

const Numbered = defineEvent({
  type: 'test.numbered',
  topic: TOPIC,
  aggregateType: 'test',
  version: 1,
  data: Type.Object({ number: Type.Integer() }),
});

const numbered = (aggregateId: string, number: number): CloudEvent =>
  testEvent(Numbered, { aggregateId, aggregateVersion: number, data: { number } });

/** Numbers by aggregate, in the order in which a group was given them. */
function createRecord(): {
  readonly numbers: Map<string, number[]>;
  readonly onBatch: (batch: BusBatch) => Promise<void>;
  count(): number;
} {
  const numbers = new Map<string, number[]>();
  return {
    numbers,
    onBatch({ messages }) {
      for (const { value } of messages) {
        const { subject, aggregateversion } = value as CloudEvent;
        numbers.set(subject, [...(numbers.get(subject) ?? []), aggregateversion]);
      }
      return Promise.resolve();
    },
    count: () => [...numbers.values()].reduce((sum, { length }) => sum + length, 0),
  };
}

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

/** A promise that the test resolves when it wants to. */
function gate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** What every adapter of the bus must do. Call it in a test file, with a way to make a fresh log. */
export function describeBusContract(adapter: string, create: () => Promise<BusUnderTest>): void {
  describe(`the bus on ${adapter}`, () => {
    let log: BusUnderTest;
    let bus: EventBus;
    const opened: EventBus[] = [];
    const members: MemberProcess[] = [];

    const open = async (): Promise<EventBus> => {
      const another = await log.open();
      opened.push(another);
      return another;
    };

    beforeEach(async () => {
      log = await create();
      bus = await open();
    });

    afterEach(async () => {
      await Promise.all(members.splice(0).map((member) => member.kill()));
      await Promise.all(opened.splice(0).map((each) => each.close()));
      await log.remove();
    });

    test('gives each group every event, in order per aggregate', async () => {
      const aggregates = Array.from({ length: 20 }, newId);
      for (const number of upTo(5)) {
        await bus.publish(
          TOPIC,
          aggregates.map((id) => numbered(id, number)),
        );
      }
      const records = [createRecord(), createRecord()];
      for (const [index, { onBatch }] of records.entries()) {
        await bus.consume({ group: `group-${index}`, topics: [TOPIC], onBatch, maxBatch: 7 }).start();
      }
      for (const { count, numbers } of records) {
        await waitUntil(() => count() >= 100);
        for (const id of aggregates) expect(numbers.get(id)).toEqual(upTo(5));
      }
    });

    test('gives a group nothing of other topics', async () => {
      const record = createRecord();
      await bus.consume({ group: GROUP, topics: ['queue-events', TOPIC], onBatch: record.onBatch }).start();
      await bus.publish('payment-events', [numbered(newId(), 1)]);
      await bus.publish(TOPIC, [numbered('wanted', 1)]);
      await settle(bus, GROUP, ['queue-events', TOPIC]);
      expect([...record.numbers.keys()]).toEqual(['wanted']);
    });

    test('keeps many appenders that work at once in order, and loses none of their events', async () => {
      const other = await open();
      const record = createRecord();
      await other.consume({ group: GROUP, topics: [TOPIC], onBatch: record.onBatch }).start();
      const aggregates = Array.from({ length: 16 }, newId);
      await Promise.all(
        aggregates.map(async (id, index) => {
          for (const number of upTo(20))
            await (index % 2 === 0 ? bus : other).publish(TOPIC, [numbered(id, number)]);
        }),
      );
      await waitUntil(() => record.count() >= 320);
      for (const id of aggregates) expect(record.numbers.get(id)).toEqual(upTo(20));
    });

    test('gives a batch again that was not handled', async () => {
      await bus.publish(TOPIC, [numbered('a', 1)]);
      const record = createRecord();
      let tries = 0;
      const consumer = bus.consume({
        group: GROUP,
        topics: [TOPIC],
        onBatch: async (batch) => {
          tries += 1;
          if (tries < 3) throw new Error('not yet');
          await record.onBatch(batch);
        },
      });
      await consumer.start();
      await waitUntil(() => tries >= 3);
      expect(record.numbers.get('a')).toEqual([1]);
    });

    test('a batch that fails holds up its own partition only', async () => {
      const record = createRecord();
      await bus
        .consume({
          group: GROUP,
          topics: [TOPIC],
          onBatch: async (batch) => {
            if (batch.messages.some(({ key }) => key === 'bad')) throw new Error('never');
            await record.onBatch(batch);
          },
        })
        .start();
      await bus.publish(TOPIC, [numbered('bad', 1)]);
      const others = Array.from({ length: 30 }, newId);
      await bus.publish(
        TOPIC,
        others.map((id) => numbered(id, 1)),
      );
      await waitUntil(() => record.count() >= 10);
    });

    test('stop waits for the batch in hand and commits it', async () => {
      const handling = gate();
      const mayEnd = gate();
      const first = bus.consume({
        group: GROUP,
        topics: [TOPIC],
        onBatch: async () => {
          handling.open();
          await mayEnd.opened;
        },
      });
      await first.start();
      await bus.publish(TOPIC, [numbered('a', 1)]);
      await handling.opened;
      await bus.publish(TOPIC, [numbered('a', 2)]);
      let stopped = false;
      const stopping = first.stop().then(() => {
        stopped = true;
      });
      const other = await open();
      const record = createRecord();
      const joining = other.consume({ group: GROUP, topics: [TOPIC], onBatch: record.onBatch }).start();
      expect(stopped).toBe(false);
      expect(record.count()).toBe(0);
      mayEnd.open();
      await stopping;
      await joining;
      await waitUntil(() => record.count() > 0);
      expect(record.numbers.get('a')).toEqual([2]);
    });

    test('members share the partitions, and none is with two at once', async () => {
      const other = await open();
      const busy = new Set<number>();
      const handledBy = [0, 0];
      let overlaps = 0;
      const record = createRecord();
      const member = (index: number): ((batch: BusBatch) => Promise<void>) => {
        return async (batch) => {
          if (busy.has(batch.partition)) overlaps += 1;
          busy.add(batch.partition);
          await new Promise((resolve) => setImmediate(resolve));
          await record.onBatch(batch);
          handledBy[index] = (handledBy[index] ?? 0) + batch.messages.length;
          busy.delete(batch.partition);
        };
      };
      const aggregates = Array.from({ length: 40 }, newId);
      let published = 0;
      const publish = async (): Promise<void> => {
        published += 1;
        await bus.publish(
          TOPIC,
          aggregates.map((id) => numbered(id, published)),
        );
      };
      await bus.consume({ group: GROUP, topics: [TOPIC], onBatch: member(0) }).start();
      await publish();
      const second = other.consume({ group: GROUP, topics: [TOPIC], onBatch: member(1) });
      await second.start();
      await waitUntil(async () => {
        await publish();
        return handledBy.every((handled) => handled > 0);
      });
      await second.stop();
      await publish();
      await settle(bus, GROUP, [TOPIC]);
      expect(overlaps).toBe(0);
      for (const id of aggregates) expect(record.numbers.get(id)).toEqual(upTo(published));
    });

    test('a member that is killed in the middle of a batch loses nothing', async () => {
      await bus.publish(TOPIC, [numbered('a', 1), numbered('a', 2)]);
      const victim = spawnMember(log.environment, { group: GROUP, topic: TOPIC, hang: true });
      members.push(victim);
      await victim.tookBatch;
      const record = createRecord();
      const joining = bus.consume({ group: GROUP, topics: [TOPIC], onBatch: record.onBatch }).start();
      expect(record.count()).toBe(0);
      await victim.kill();
      await joining;
      await waitUntil(() => record.count() >= 2);
      expect(record.numbers.get('a')).toEqual([1, 2]);
    });

    test('a member of another process is woken', async () => {
      const member = spawnMember(log.environment, { group: GROUP, topic: TOPIC, hang: false });
      members.push(member);
      await member.joined;
      await bus.publish(TOPIC, [numbered('a', 1)]);
      await member.tookBatch;
      await settle(bus, GROUP, [TOPIC]);
    });

    test('events published again change nothing of the order in which they are first seen', async () => {
      const events = upTo(3).map((number) => numbered('a', number));
      await bus.publish(TOPIC, events);
      await bus.publish(TOPIC, events);
      await bus.publish(TOPIC, [...events.slice(1), numbered('a', 4)]);
      const record = createRecord();
      await bus.consume({ group: GROUP, topics: [TOPIC], onBatch: record.onBatch }).start();
      await settle(bus, GROUP, [TOPIC]);
      expect([...new Set(record.numbers.get('a'))]).toEqual(upTo(4));
    });

    test('an appender that commits late loses nothing and keeps the order', async () => {
      if (log.holdAppend === null) return;
      const record = createRecord();
      await bus.consume({ group: GROUP, topics: [TOPIC], onBatch: record.onBatch }).start();
      const held = await log.holdAppend(TOPIC, [numbered('a', 1)]);
      const publishing = Promise.all(
        [numbered('a', 2), numbered('b', 1), numbered('c', 1)].map((event) => bus.publish(TOPIC, [event])),
      );
      await waitUntil(() => record.count() >= 2);
      expect(record.numbers.has('a')).toBe(false);
      await held.commit();
      await publishing;
      await waitUntil(() => record.count() >= 4);
      expect(record.numbers.get('a')).toEqual([1, 2]);
    });

    test('followers see every event from where they began', async () => {
      const other = await open();
      await bus.publish(TOPIC, [numbered('before', 1)]);
      const seen: Record<string, string[]> = { now: [], since: [] };
      const follow = (name: string, from: EventBus, since: Date | 'now'): Promise<void> =>
        from
          .follow({
            topics: [TOPIC],
            since,
            onEvent: ({ key }) => {
              seen[name]?.push(key);
            },
          })
          .start();
      await follow('now', bus, 'now');
      await follow('since', other, new Date(Date.now() - 60_000));
      await bus.publish(TOPIC, [numbered('after', 1)]);
      await waitUntil(() => seen['now']?.includes('after') && seen['since']?.includes('after'));
      await waitUntil(() => seen['since']?.includes('before'));
      expect(seen['now']).toEqual(['after']);
      expect([...(seen['since'] ?? [])].sort()).toEqual(['after', 'before']);
    });

    test('lag tells what is left', async () => {
      const behind = async (): Promise<number[]> =>
        (await bus.lag(GROUP, [TOPIC])).map((partition) => partition.behind).filter((count) => count > 0);
      expect(await behind()).toEqual([]);
      const mayEnd = gate();
      await bus.consume({ group: GROUP, topics: [TOPIC], onBatch: () => mayEnd.opened }).start();
      await bus.publish(TOPIC, [numbered('a', 1), numbered('a', 2)]);
      expect(await behind()).toEqual([2]);
      mayEnd.open();
      await waitUntil(async () => (await behind()).length === 0);
    });

    test('a number of partitions that differs from the configuration is a start-up error', async () => {
      await expect(log.openWrongly()).rejects.toThrow(/BUS_PARTITIONS/);
    });

    test('answers for its health', async () => {
      await expect(bus.health()).resolves.toBeUndefined();
    });
  });
}
