import type { Environment } from '@foyer/platform';

/**
 * Whether processes publish what is in their outboxes: `MESSAGING_RELAY`, by default `true`. `false` where Debezium
 * does it instead (docs/kafka.md).
 */
export function isRelayOn(environment: Environment): boolean {
  return environment.flag('MESSAGING_RELAY', true);
}
