import { newId } from '@foyer/platform';
import { OrderCompleted, type CloudEvent } from '@foyer/kafka';
import type { Echo } from './createEcho.js';

/** Publishes an event whose data is not what its contract says. Several subgraphs handle its type. @returns its id. */
export async function publishPoison({ publish }: Echo): Promise<string> {
  const id = newId();
  const poison: CloudEvent = {
    specversion: '1.0',
    id,
    source: '/foyer/orders',
    type: OrderCompleted.type,
    subject: newId(),
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    dataschema: OrderCompleted.dataSchema,
    data: { order: 'none' },
    aggregatetype: OrderCompleted.aggregateType,
    aggregateversion: 1,
  };
  await publish(OrderCompleted.topic, [poison]);
  return id;
}
