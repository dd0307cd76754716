import { queryable } from '@foyer/kafka';
import { createJob, invariant, type Component, type Routes, type SubgraphContext } from '@foyer/platform';
import type { SandboxConfiguration } from '../../configuration.js';
import type { PaymentsDatabase } from '../../store/database.js';
import type { PaymentProvider } from '../paymentProvider.js';
import { settleRefunds } from './books/refunds.js';
import { sweepSessions } from './books/sweepSessions.js';
import { createSandboxProvider } from './createSandboxProvider.js';
import { payPageRoutes } from './page/payPageRoutes.js';
import { deliverWebhooks } from './webhook/deliverWebhooks.js';
import { loadSecret } from './webhook/loadSecret.js';

/** The foreign system that SANDBOX is, and our way to it. */
export interface Sandbox {
  readonly provider: PaymentProvider;
  /** The pay page. */
  readonly routes: Routes;
  readonly components: readonly Component[];
}

const INTERVAL_MS = 1000;

/** SANDBOX: a provider with its own books, pay page and webhooks, for running with no account anywhere. */
export function createSandbox(
  context: SubgraphContext,
  database: PaymentsDatabase,
  configuration: SandboxConfiguration,
): Sandbox {
  const { clock, sealer, development, publicUrl } = context;
  const log = context.log.child({ part: 'sandbox' });
  const sql = queryable(database.pool);
  let secret = configuration.webhookSecret;
  const delivery = {
    url: () => configuration.webhookUrl ?? `${publicUrl('payments')}/webhooks/sandbox`,
    secret: () => {
      // An empty key would sign, and let anybody sign.
      invariant(secret, 'the sandbox has not been started');
      return secret;
    },
    clock,
  };
  const deliver = createJob({
    name: 'sandbox webhooks',
    everyMs: INTERVAL_MS,
    run: () => deliverWebhooks(sql, delivery),
    log,
  });
  const tidy = createJob({
    name: 'sandbox sessions and refunds',
    everyMs: INTERVAL_MS,
    async run() {
      const changed = await database.transaction(
        async (_, transaction) => (await sweepSessions(transaction)) + (await settleRefunds(transaction)),
      );
      if (changed > 0) deliver.wake();
    },
    log,
  });
  const account: Component = {
    name: 'sandbox account',
    async start() {
      secret ??= await loadSecret(sql, sealer);
      if (!development) log.warn('the SANDBOX provider is on: orders can be paid without money');
    },
    stop: () => Promise.resolve(),
  };
  const provider = createSandboxProvider({
    database,
    clock,
    secret: delivery.secret,
    payUrl: (sessionId) => `${publicUrl('payments')}/pay/${sessionId}`,
    refundMs: configuration.refundMs,
    onChanged: () => {
      deliver.wake();
    },
  });
  const routes = payPageRoutes({ database, development, onChanged: () => deliver.wake() });
  return { provider, routes, components: [account, deliver, tidy] };
}
