import { waitUntil } from '@foyer/platform/testing';
import type { EventBus } from '../bus/eventBus.js';
import type { CloudEvent } from '../event/cloudEvent.js';
import type { Topic } from '../event/topics.js';

/**
 * Publishes events and resolves when a group has gone past them, and past everything that was on the bus:
 * handled them, or parked what it could not handle.
 *
 * @throws when it has not within thirty seconds.
 */
export async function publishAndSettle(
  bus: EventBus,
  group: string,
  topic: Topic,
  events: readonly CloudEvent[],
): Promise<void> {
  await bus.publish(topic, events);
  await settle(bus, group, [topic]);
}

/**
 * Resolves when a group has committed all that is on these topics, which it must be reading.
 *
 * @throws when it has not within thirty seconds.
 */
export async function settle(bus: EventBus, group: string, of: readonly Topic[]): Promise<void> {
  await waitUntil(
    async () => (await bus.lag(group, of)).every(({ behind }) => behind === 0),
    `group ${group} reading to the end of ${of.join(', ')}`,
  );
}
