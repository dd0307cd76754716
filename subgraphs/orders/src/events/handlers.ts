import {
  eventCopy,
  membershipCopy,
  offerCopy,
  personCopy,
  restaurantCopy,
  type EventHandler,
} from '@foyer/kafka';
import type { WorkStore } from '../store/orderWork.js';
import { onAdmissionGivenUp } from './onAdmissionGivenUp.js';
import { onEmailVerified } from './onEmailVerified.js';
import { onEventCancelled } from './onEventCancelled.js';
import { onInventoryExpired } from './onInventoryExpired.js';
import { onPaymentCompleted } from './onPaymentCompleted.js';
import { onPaymentExpired } from './onPaymentExpired.js';
import { onPaymentFailed } from './onPaymentFailed.js';
import { onPaymentRefunded } from './onPaymentRefunded.js';
import { onPaymentRefundFailed } from './onPaymentRefundFailed.js';
import { onWaitlistOffer } from './onWaitlistOffer.js';

/** What orders does with the events of others. */
export function orderHandlers(store: WorkStore, wakeCancellations: () => void): readonly EventHandler[] {
  return [
    ...membershipCopy.handlers(),
    ...eventCopy.handlers(),
    ...offerCopy.handlers(),
    ...personCopy.handlers(),
    ...restaurantCopy.handlers(),
    onPaymentCompleted(store),
    onPaymentFailed(store),
    onPaymentExpired(store),
    onPaymentRefunded(store),
    onPaymentRefundFailed(store),
    onInventoryExpired(store),
    ...onAdmissionGivenUp(store.outbox),
    onEventCancelled(wakeCancellations),
    onEmailVerified,
    ...onWaitlistOffer(),
  ];
}
