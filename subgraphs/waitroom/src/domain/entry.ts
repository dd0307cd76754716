import type { EndedReason } from './saleState.js';
import type { EntryStatus } from './entryStatus.js';

/** A person's place in a line. */
export interface Entry {
  readonly id: string;
  readonly eventId: string;
  readonly userId: string;
  /** Its number in the log of its queue. */
  readonly seq: number;
  readonly status: EntryStatus;
  readonly stayForReturns: boolean;
  readonly joinedAt: Date;
  /** null unless ENDED. */
  readonly endedReason: EndedReason | null;
  /** null until admitted. */
  readonly admissionId: string | null;
  readonly admissionExpiresAt: Date | null;
  /** Whether it takes one of the places in checkout. */
  readonly placeHeld: boolean;
  /** The order that spent the admission; null while none has. */
  readonly orderId: string | null;
}
