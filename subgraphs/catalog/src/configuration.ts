import type { Environment } from '@foyer/platform';
import type { ApprovalPolicy } from './domain/needsApproval.js';

/** The catalog's settings. */
export interface CatalogConfiguration {
  /** `CATALOG_APPROVAL`: whose events staff look at. Default `UNVERIFIED`: those of organizations not verified. */
  readonly approval: ApprovalPolicy;
  /** `CATALOG_POOL_SIZE`: connections to the database. */
  readonly poolSize: number;
}

/** Reads the catalog's settings. @throws ConfigurationError naming a variable that is wrong. */
export function readConfiguration(environment: Environment): CatalogConfiguration {
  return {
    approval: environment.choice<ApprovalPolicy>('CATALOG_APPROVAL', ['ALL', 'UNVERIFIED'], 'UNVERIFIED'),
    poolSize: environment.integer('CATALOG_POOL_SIZE', 8, { minimum: 2, maximum: 200 }),
  };
}
