import type { Log } from '@foyer/platform';
import { Kafka, logLevel, type logCreator } from 'kafkajs';
import type { KafkaSettings } from './kafkaSettings.js';

/** Waiting for a connection, and for an answer, in milliseconds. */
const CONNECT_TIMEOUT = 3000;
const REQUEST_TIMEOUT = 15_000;

/**
 * A client by which a producer, consumer or admin is made. Each gets a client of its own: consumers that share one
 * share what it remembers of their groups' offsets as well.
 *
 * @param retries of a request that failed, before the caller is told.
 */
export function createKafkaClient({ brokers, tls, sasl }: KafkaSettings, log: Log, retries = 4): Kafka {
  return new Kafka({
    clientId: 'foyer',
    brokers: [...brokers],
    ...(tls === null ? {} : { ssl: tls }),
    ...(sasl === null ? {} : { sasl }),
    connectionTimeout: CONNECT_TIMEOUT,
    authenticationTimeout: REQUEST_TIMEOUT,
    requestTimeout: REQUEST_TIMEOUT,
    // For moments only, as when a leader changes; an outage is ours to wait out.
    retry: { retries, initialRetryTime: 100, maxRetryTime: 1000 },
    logLevel: logLevel.WARN,
    logCreator: toLog(log),
  });
}

/** It calls every broken connection an error: what matters is said by who waits for it. */
function toLog(log: Log): logCreator {
  return () =>
    ({ namespace, log: { message, error } }) => {
      log.debug({ kafkajs: namespace, ...(error === undefined ? {} : { reason: String(error) }) }, message);
    };
}
