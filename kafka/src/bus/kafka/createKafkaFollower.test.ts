import { createLog } from '@foyer/platform';
import type { EachBatchPayload } from 'kafkajs';
import { createRunning, type RunningFollower } from '../createRunning.js';
import type { AdminAccess } from './createAdminAccess.js';
import type { GroupMember, GroupMemberOptions } from './createGroupMember.js';
import { createKafkaFollower } from './createKafkaFollower.js';
import type { KafkaSettings } from './kafkaSettings.js';

const TOPIC = 'order-events';
const SETTINGS: KafkaSettings = {
  brokers: [],
  prefix: '',
  replicationFactor: null,
  compression: 'none',
  tls: null,
  sasl: null,
};

describe('a follower on Kafka', () => {
  let given: GroupMemberOptions;
  let member: { -readonly [Name in keyof GroupMember]: GroupMember[Name] };
  let follower: RunningFollower;
  const seen: string[] = [];

  beforeEach(() => {
    seen.length = 0;
    follower = createKafkaFollower({
      settings: SETTINGS,
      admin: { use: () => Promise.resolve([] as never) } as unknown as AdminAccess,
      topics: [TOPIC],
      since: 'now',
      onEvent: ({ key }) => void seen.push(key),
      log: createLog('test', 'silent'),
      createMember(options) {
        given = options;
        member = { joined: false, start: () => Promise.resolve(), stop: () => Promise.resolve() };
        return member;
      },
    });
  });

  const fetched = (offset: number, heartbeat: () => Promise<void>): EachBatchPayload => {
    const messages = [{ offset: String(offset), key: Buffer.from(`k${offset}`), value: Buffer.from('{}') }];
    const batch = { topic: TOPIC, partition: 0, messages, lastOffset: () => String(offset) };
    return { batch, heartbeat, resolveOffset: () => undefined } as unknown as EachBatchPayload;
  };

  test('joins again after a heartbeat has failed in the middle of a batch', async () => {
    const lost = new Error('The coordinator is not aware of this member');
    await expect(given.onFetched(fetched(0, () => Promise.reject(lost)))).rejects.toBe(lost);
    // What is awaited before every joining: a rejection would be all that it ever gets again.
    await expect(given.beforeJoin()).resolves.toBeUndefined();
    await given.onFetched(fetched(1, () => Promise.resolve()));
    expect(seen).toEqual(['k0', 'k1']);
    await follower.stop();
  });

  test('is said by the health of its bus while it has not joined', async () => {
    const running = createRunning();
    const tracked = running.track(follower);
    running.check();
    await tracked.start();
    expect(() => running.check()).toThrow('a follower of order-events has not joined its group');
    member.joined = true;
    running.check();
    member.joined = false;
    expect(() => running.check()).toThrow('has not joined');
    await tracked.stop();
    running.check();
  });
});
