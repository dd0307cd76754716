import type { MessageName } from './messages.js';

/** What concerns an account's safety or an invitation that waits for an answer, and receipts. */
const ALWAYS: ReadonlySet<MessageName> = new Set<MessageName>([
  'registration-repeated',
  'email-verification',
  'password-reset',
  'email-change',
  'email-changed',
  'password-changed',
  'security-alert',
  'new-device',
  'organization-invitation',
  'order-confirmed',
  'order-cancelled',
  'refund',
  'ticket-received',
]);

/** Whether a message goes out whatever channels its recipient wants. */
export function isAlwaysTold(name: MessageName): boolean {
  return ALWAYS.has(name);
}
