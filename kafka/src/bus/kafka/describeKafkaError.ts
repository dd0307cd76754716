import { ConfigurationError } from '@foyer/platform';
import { KafkaJSProtocolError } from 'kafkajs';

/** What Kafka or TLS says to who will not be let in, however long one waits; and what to look at. */
const FAULTS: readonly (readonly [RegExp, string])[] = [
  [
    /SASL|authentication failed/i,
    'look at KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD',
  ],
  [/certificate|self.signed|ALTNAME/i, 'look at KAFKA_TLS_CA, KAFKA_TLS_CERT and the hosts in KAFKA_BROKERS'],
  [/wrong version number|packet length too long/i, 'KAFKA_TLS is true, but the broker does not speak TLS'],
  [/not authorized|AUTHORIZATION_FAILED/i, 'give the user its rights (docs/kafka.md lists them)'],
];

/** The error that kafkajs has wrapped into others: the one that says what happened. */
function causeOf(error: unknown): unknown {
  const cause = error instanceof Error && 'cause' in error ? error.cause : undefined;
  return cause === undefined || cause === null ? error : causeOf(cause);
}

/** Kafka's name for what it refuses, e.g. `MESSAGE_TOO_LARGE`; null when it is not Kafka that refuses. */
export function kafkaErrorType(error: unknown): string | null {
  const cause = causeOf(error);
  return cause instanceof Error && 'type' in cause && typeof cause.type === 'string' ? cause.type : null;
}

/** Whether a broker says that it can't do it at the moment. */
export function isPassing(error: unknown): boolean {
  const cause = causeOf(error);
  return cause instanceof KafkaJSProtocolError && cause.retriable;
}

/** What is wrong, in a line. */
export function describeKafkaError(error: unknown): string {
  const cause = causeOf(error);
  return cause instanceof Error ? cause.message : String(cause);
}

/** The error as one of configuration, which waiting does not heal; null when it is none. */
export function wrongKafkaConfiguration(error: unknown, where: string): ConfigurationError | null {
  if (error instanceof ConfigurationError) return error;
  const text = describeKafkaError(error);
  const fault = FAULTS.find(([pattern]) => pattern.test(text));
  return fault === undefined ? null : new ConfigurationError(`Kafka at ${where}: ${text}: ${fault[1]}.`);
}
