import { queryable } from '@foyer/kafka';
import { ProviderUnavailable } from '../providers/paymentProvider.js';
import { withCallLog } from '../providers/withCallLog.js';
import type { Workbench } from './workbench.js';

/**
 * The outgoing calls of a payment's provider, logged and limited in time.
 * @throws ProviderUnavailable when this process does not have the provider: it was switched off, or another version runs.
 */
export function callProvider(
  { providers, database, configuration }: Workbench,
  name: string,
): ReturnType<typeof withCallLog> {
  const provider = providers.get(name);
  if (!provider) throw new ProviderUnavailable(`The payment provider ${name} is not configured here.`);
  return withCallLog(provider, queryable(database.pool), configuration.providerTimeoutMs);
}
