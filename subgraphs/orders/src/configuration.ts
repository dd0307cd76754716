import type { Environment } from '@foyer/platform';
import type { PricingRule } from './domain/pricing.js';

/** What can be set of the orders subgraph. Times in milliseconds. */
export interface Configuration {
  readonly poolSize: number;
  /** How long `placeOrder` and `retryPayment` wait for their saga before they answer with the order as it is. */
  readonly answerWithinMs: number;
  /** How long placing an order may take before it is undone. */
  readonly placeWithinMs: number;
  /** How long a process that has not been heard of is believed to live. */
  readonly sagaLeaseMs: number;
  readonly sagaPollMs: number;
  readonly sagaConcurrency: number;
  readonly sagaMaximumAttempts: number;
  /** How often unpaid orders past their hold are looked for. */
  readonly expiryPollMs: number;
  /** How long after a hold's end orders waits for inventory to tell of it. */
  readonly expiryGraceMs: number;
  /** How long before its beginning a party may be seated. */
  readonly seatEarlyMs: number;
  /** How long after its beginning a party that has not come is a no-show. */
  readonly noShowGraceMs: number;
  /** How long after its end a party that was seated has dined. */
  readonly dinedAfterMs: number;
  /** How often reservations that are due for either are looked for. */
  readonly visitPollMs: number;
  /** How often an address may ask for a reservation by its code within a minute. */
  readonly codeAttempts: number;
  /** How often a person may name a ticket by its short code within a minute. */
  readonly shortCodeAttempts: number;
  /** Fees and tax where an organization has set none. */
  readonly defaultPricing: PricingRule;
}

const MINUTE = 60_000;

/** Reads the configuration. @throws ConfigurationError that names a wrong variable. */
export function readConfiguration(environment: Environment): Configuration {
  const seconds = (name: string, fallback: number): number =>
    environment.integer(name, fallback, { minimum: 1 }) * 1000;
  return {
    poolSize: environment.integer('ORDERS_POOL_SIZE', 10, { minimum: 2, maximum: 200 }),
    answerWithinMs: environment.integer('ORDERS_ANSWER_WITHIN_MS', 8000, { minimum: 1 }),
    placeWithinMs: seconds('ORDERS_PLACE_WITHIN_SECONDS', 120),
    sagaLeaseMs: environment.integer('ORDERS_SAGA_LEASE_MS', 3000, { minimum: 100 }),
    sagaPollMs: environment.integer('ORDERS_SAGA_POLL_MS', 500, { minimum: 10 }),
    sagaConcurrency: environment.integer('ORDERS_SAGA_CONCURRENCY', 32, { minimum: 1, maximum: 1000 }),
    sagaMaximumAttempts: environment.integer('ORDERS_SAGA_MAXIMUM_ATTEMPTS', 100, { minimum: 1 }),
    expiryPollMs: environment.integer('ORDERS_EXPIRY_POLL_MS', 1000, { minimum: 10 }),
    expiryGraceMs: environment.integer('ORDERS_EXPIRY_GRACE_MS', 2000),
    seatEarlyMs: environment.integer('ORDERS_SEAT_EARLY_MINUTES', 60) * MINUTE,
    noShowGraceMs: environment.integer('ORDERS_NO_SHOW_GRACE_MINUTES', 30) * MINUTE,
    dinedAfterMs: environment.integer('ORDERS_DINED_AFTER_MINUTES', 180) * MINUTE,
    visitPollMs: environment.integer('ORDERS_VISIT_POLL_MS', 15_000, { minimum: 10 }),
    shortCodeAttempts: environment.integer('ORDERS_SHORT_CODE_ATTEMPTS', 60, { minimum: 1 }),
    codeAttempts: environment.integer('ORDERS_CODE_ATTEMPTS', 10, { minimum: 1 }),
    defaultPricing: {
      feeBasisPoints: 0,
      feeFixed: 0,
      feeCurrency: null,
      taxBasisPoints: environment.integer('ORDERS_TAX_BASIS_POINTS', 700, { maximum: 10_000 }),
      taxIncluded: environment.flag('ORDERS_TAX_INCLUDED', false),
    },
  };
}
