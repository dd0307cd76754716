import type { Outbox } from '@foyer/kafka';
import type { Log } from '@foyer/platform';
import type { PaymentsConfiguration } from '../configuration.js';
import type { PaymentProvider } from '../providers/paymentProvider.js';
import type { PaymentsDatabase } from '../store/database.js';

/** What operations work with. */
export interface Workbench {
  readonly database: PaymentsDatabase;
  readonly outbox: Outbox;
  /** By name. */
  readonly providers: ReadonlyMap<string, PaymentProvider>;
  readonly configuration: PaymentsConfiguration;
  readonly log: Log;
  /** Called after a refund was recorded: a job carries it out. */
  readonly wakeRefunds: () => void;
}

/** How long whoever has a payment or refund in hand keeps others away from it: longer than its provider may take. */
export function leaseOf({ providerTimeoutMs }: PaymentsConfiguration): number {
  return providerTimeoutMs + 5000;
}
