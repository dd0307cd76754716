import type { PubSub } from '../pubsub/pubSub.js';
import { newId } from '../values/newId.js';
import { waitUntil } from './waitUntil.js';

const PROBE = 'probe';

/**
 * What every adapter of the pub/sub port must do.
 * @param create makes two ends that hear each other: two processes of one system, or the same one twice.
 */
export function describePubSubContract(
  adapter: string,
  create: () => Promise<readonly [PubSub, PubSub]> | readonly [PubSub, PubSub],
): void {
  describe(`pub/sub ${adapter}`, () => {
    /** A listener who is attached, also at the other end of a wire: messages of this probing are not kept. */
    const listen = async (pubsub: PubSub, channel: string, publisher: PubSub) => {
      const heard: string[] = [];
      let attached = false;
      const detach = pubsub.subscribe(channel, {
        onMessage: (message) => {
          if (message.startsWith(PROBE)) attached = true;
          else heard.push(message);
        },
        onResume: () => undefined,
      });
      await waitUntil(() => {
        if (!attached) publisher.publish(channel, PROBE);
        return attached;
      });
      return { heard, detach };
    };

    it('carries messages of a channel in their order to everybody who listens there, and to nobody else', async () => {
      const [here, there] = await create();
      const [channel, other] = [newId(), newId()];
      const listeners = [await listen(here, channel, here), await listen(there, channel, here)];
      const stranger = await listen(there, other, here);
      for (const message of ['1', '2', '3']) here.publish(channel, message);
      await waitUntil(() => listeners.every(({ heard }) => heard.length === 3));
      for (const { heard } of listeners) expect(heard).toEqual(['1', '2', '3']);
      expect(stranger.heard).toEqual([]);
    });

    it('hears again after everybody had gone from a channel, and back again in the same breath', async () => {
      const [here, there] = await create();
      const channel = newId();
      const first = await listen(there, channel, here);
      first.detach();
      const second = await listen(there, channel, here);
      here.publish(channel, 'x');
      await waitUntil(() => second.heard.length === 1);
      expect(first.heard).toEqual([]);
    });

    it('carries any text', async () => {
      const [here, there] = await create();
      const channel = `${newId()} {with} "signs" \u2028 ở đây`;
      const { heard } = await listen(there, channel, here);
      const texts = ['', ' ', 'null', '{"a": 1}', 'một hai\r\nba', 'x'.repeat(100_000)];
      for (const text of texts) here.publish(channel, text);
      await waitUntil(() => heard.length === texts.length);
      expect(heard).toEqual(texts);
    });

    it('says nothing to who has detached, and goes on for the others', async () => {
      const [here, there] = await create();
      const channel = newId();
      const [gone, stays] = [await listen(there, channel, here), await listen(there, channel, here)];
      gone.detach();
      gone.detach();
      here.publish(channel, 'x');
      await waitUntil(() => stays.heard.length === 1);
      expect(gone.heard).toEqual([]);
    });

    it('keeps nothing: who listens later hears only what comes later', async () => {
      const [here, there] = await create();
      const channel = newId();
      const before = await listen(there, channel, here);
      here.publish(channel, 'early');
      await waitUntil(() => before.heard.length === 1);
      const after = await listen(there, channel, here);
      here.publish(channel, 'late');
      await waitUntil(() => after.heard.length === 1);
      expect(after.heard).toEqual(['late']);
    });
  });
}
