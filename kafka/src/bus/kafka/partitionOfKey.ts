import { Partitioners } from 'kafkajs';

const choose = Partitioners.DefaultPartitioner();

/**
 * The partition of a key: murmur2 over its UTF-8 bytes, modulo the number of partitions, as Java's producer and
 * whatever stands on it (Debezium, Kafka Connect) have it.
 */
export function partitionOfKey(key: string, partitions: number): number {
  const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
    partitionId,
    partitionErrorCode: 0,
    leader: 0,
    replicas: [],
    isr: [],
  }));
  return choose({ topic: '', partitionMetadata, message: { key, value: null } });
}
