import { TokenRejected, type TokenVerifier } from '@foyer/platform';
import { readAdmission, type Admission } from '../domain/admission.js';
import { admissionRefused } from '../domain/refusals.js';

/**
 * The admission that a token stands for.
 * @throws Refused `AdmissionRefused` when there is no token, or it is not this person's for this event now.
 */
export async function verifyAdmission(
  admissions: TokenVerifier,
  token: string | null | undefined,
  userId: string,
  eventId: string,
): Promise<Admission> {
  if (!token) throw admissionRefused('ADMISSION_NEEDED', eventId);
  try {
    return readAdmission(await admissions.verify(token), userId, eventId);
  } catch (error) {
    if (!(error instanceof TokenRejected)) throw error;
    throw admissionRefused(error.fault === 'EXPIRED' ? 'ADMISSION_EXPIRED' : 'ADMISSION_INVALID', eventId);
  }
}
