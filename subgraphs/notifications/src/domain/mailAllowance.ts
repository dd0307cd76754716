import type { MessageName } from './messages.js';

/** How much mail an address may have in a day, over all kinds. */
export interface MailLimits {
  /** To the proven address of the account that the mail is about. */
  readonly asked: number;
  /** To an address that somebody gave, proven by nobody. */
  readonly unasked: number;
}

/** What an address has had on the present day. */
export interface MailCount {
  readonly asked: number;
  readonly unasked: number;
  /** Whether its owner wants none that they have not asked for. */
  readonly stopped: boolean;
}

/** What an owner who has stopped mail needs to have an account after all. */
const PROOFS: ReadonlySet<MessageName> = new Set<MessageName>([
  'email-verification',
  'email-change',
  'password-reset',
]);

/** A mail that is about to be queued. */
export interface MailWish {
  readonly name: MessageName;
  /** Whether it goes to the proven address of the account that it is about. */
  readonly asked: boolean;
  /** Whether it goes out whatever its recipient wants: receipts, and what concerns safety. */
  readonly always: boolean;
}

/** Whether a mail may go, by what its address has had already. */
export function mayBeMailed(
  { name, asked, always }: MailWish,
  count: MailCount,
  limits: MailLimits,
): boolean {
  if (asked) return always || count.asked < limits.asked;
  if (count.stopped) return PROOFS.has(name) && count.unasked < 1;
  return count.unasked < limits.unasked;
}
