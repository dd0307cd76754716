import type { PubSub } from '../pubsub/pubSub.js';
import { newId } from '../values/newId.js';

/**
 * What every adapter of the pub/sub port must do.
 * @param create makes two ends that hear each other: two processes of one system, or the same one twice.
 */
export function describePubSubContract(
  adapter: string,
  create: () => Promise<readonly [PubSub, PubSub]> | readonly [PubSub, PubSub],
): void {
  describe(`pub/sub ${adapter}`, () => {
    const listen = (pubsub: PubSub, channel: string) => {
      const heard: string[] = [];
      const detach = pubsub.subscribe(channel, {
        onMessage: (message) => heard.push(message),
        onResume: () => undefined,
      });
      return { heard, detach };
    };
    const until = async (holds: () => boolean): Promise<void> => {
      const deadline = Date.now() + 10_000;
      while (!holds()) {
        if (Date.now() > deadline) throw new Error('was not heard within 10 s');
        await new Promise((resolve) => setImmediate(resolve));
      }
    };

    it('carries messages of a channel in their order to everybody who listens there, and to nobody else', async () => {
      const [here, there] = await create();
      const [channel, other] = [newId(), newId()];
      const listeners = [listen(here, channel), listen(there, channel)];
      const stranger = listen(there, other);
      for (const message of ['1', '2', '3']) here.publish(channel, message);
      await until(() => listeners.every(({ heard }) => heard.length === 3));
      for (const { heard } of listeners) expect(heard).toEqual(['1', '2', '3']);
      expect(stranger.heard).toEqual([]);
    });

    it('says nothing to who has detached, and goes on for the others', async () => {
      const [here, there] = await create();
      const channel = newId();
      const [gone, stays] = [listen(there, channel), listen(there, channel)];
      gone.detach();
      gone.detach();
      here.publish(channel, 'x');
      await until(() => stays.heard.length === 1);
      expect(gone.heard).toEqual([]);
    });

    it('keeps nothing: who listens later hears only what comes later', async () => {
      const [here, there] = await create();
      const channel = newId();
      const before = listen(there, channel);
      here.publish(channel, 'early');
      await until(() => before.heard.length === 1);
      const after = listen(there, channel);
      here.publish(channel, 'late');
      await until(() => after.heard.length === 1);
      expect(after.heard).toEqual(['late']);
    });
  });
}
