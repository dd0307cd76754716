import { isId } from '@foyer/platform/domain';
import { admissionRefused } from './refusals.js';

/** A verified admission to an event's sale. */
export interface Admission {
  readonly admissionId: string;
  /** When its token ends. */
  readonly expiresAt: Date;
}

/**
 * Reads the claims of a verified admission token for one person and event.
 * @throws Refused when it is another person's or another event's, or says too little.
 */
export function readAdmission(
  claims: Readonly<Record<string, unknown>>,
  userId: string,
  eventId: string,
): Admission {
  const { sub, admissionId, eventId: admittedTo, exp } = claims;
  if (typeof admissionId !== 'string' || !isId(admissionId) || typeof exp !== 'number') {
    throw admissionRefused('ADMISSION_INVALID', eventId);
  }
  if (sub !== userId) throw admissionRefused('ADMISSION_OF_ANOTHER_PERSON', eventId);
  if (admittedTo !== eventId) throw admissionRefused('ADMISSION_FOR_ANOTHER_EVENT', eventId);
  return { admissionId, expiresAt: new Date(exp * 1000) };
}
