import type { KafkaMessage } from 'kafkajs';
import type { BusMessage } from '../eventBus.js';

/**
 * A message of Kafka as consumers see it. Anybody may write to a topic: what is no JSON comes as text, a message
 * with no value (a tombstone) as null, and one with no key with an empty one.
 */
export function toBusMessage({
  offset,
  key,
  value,
}: Pick<KafkaMessage, 'offset' | 'key' | 'value'>): BusMessage {
  return {
    offset: Number(offset),
    key: key?.toString() ?? '',
    value: value === null ? null : parse(value.toString()),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
