import type { Environment } from '@foyer/platform';

/** What can be set about the waiting room. */
export interface WaitroomConfiguration {
  /** From an admission until it runs out, in seconds. */
  readonly admissionSeconds: number;
  /** From the last sign of somebody until the place is lost, in seconds. */
  readonly absenceSeconds: number;
  /** How long before its sale a line opens by itself, in seconds. */
  readonly opensBeforeSaleSeconds: number;
  /** How often one person may join within a minute. */
  readonly joinsPerPerson: number;
  /** How often people of one address may join within a minute. */
  readonly joinsPerAddress: number;
}

/** Reads the configuration. @throws ConfigurationError that names the wrong variable. */
export function readConfiguration(environment: Environment): WaitroomConfiguration {
  return {
    admissionSeconds: environment.integer('WAITROOM_ADMISSION_SECONDS', 15 * 60, { minimum: 1 }),
    absenceSeconds: environment.integer('WAITROOM_ABSENCE_SECONDS', 120, { minimum: 1 }),
    opensBeforeSaleSeconds: environment.integer('WAITROOM_OPENS_BEFORE_SALE_SECONDS', 30 * 24 * 60 * 60),
    joinsPerPerson: environment.integer('WAITROOM_JOINS_PER_PERSON_PER_MINUTE', 10, { minimum: 1 }),
    joinsPerAddress: environment.integer('WAITROOM_JOINS_PER_MINUTE', 600, { minimum: 1 }),
  };
}
