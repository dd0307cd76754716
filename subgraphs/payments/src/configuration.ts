import type { Environment } from '@foyer/platform';

/** What can be set of the payments subgraph. */
export interface PaymentsConfiguration {
  /** Seconds between the end of the pay page and the end of the hold. */
  readonly closeBeforeHoldSeconds: number;
  /** Milliseconds between two looks at what is due. */
  readonly attentionMs: number;
  /** Milliseconds until an open payment's provider is first asked how it is; later rarer. */
  readonly reconcileMs: number;
  /** Milliseconds that a call to a provider may take. */
  readonly providerTimeoutMs: number;
  readonly sandbox: SandboxConfiguration;
}

/** What can be set of the SANDBOX provider. */
export interface SandboxConfiguration {
  /** Whether it can be paid with. No real money moves: outside of development somebody must want that. */
  readonly enabled: boolean;
  /** What it signs webhooks with; null: a secret of its own, kept in the database. */
  readonly webhookSecret: string | null;
  /** Where it sends webhooks; null: to the subgraph's public address. */
  readonly webhookUrl: string | null;
  /** Milliseconds until a refund is carried out. */
  readonly refundMs: number;
}

/** Reads the configuration. @throws ConfigurationError naming the variable that can't be used. */
export function readConfiguration(environment: Environment, development: boolean): PaymentsConfiguration {
  return {
    closeBeforeHoldSeconds: environment.integer('PAYMENTS_CLOSE_BEFORE_HOLD_SECONDS', 60),
    attentionMs: environment.integer('PAYMENTS_ATTENTION_MS', 1000, { minimum: 10 }),
    reconcileMs: environment.integer('PAYMENTS_RECONCILE_SECONDS', 20, { minimum: 1 }) * 1000,
    providerTimeoutMs: environment.integer('PAYMENTS_PROVIDER_TIMEOUT_MS', 10_000, { minimum: 100 }),
    sandbox: {
      enabled: environment.flag('PAYMENTS_SANDBOX', development),
      webhookSecret: environment.optional('PAYMENTS_SANDBOX_WEBHOOK_SECRET') ?? null,
      webhookUrl:
        environment.optional('PAYMENTS_SANDBOX_WEBHOOK_URL') === undefined
          ? null
          : environment.url('PAYMENTS_SANDBOX_WEBHOOK_URL'),
      refundMs: environment.integer('PAYMENTS_SANDBOX_REFUND_MS', 1000),
    },
  };
}
