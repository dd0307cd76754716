import type { PubSub } from '@foyer/platform';
import type { DeliveryStore } from '../store/deliveryStore.js';
import type { InboxStore } from '../store/inboxStore.js';
import type { TemplateStore } from '../store/templateStore.js';

/** What the resolvers stand on. */
export interface NotificationServices {
  readonly inbox: InboxStore;
  readonly deliveries: DeliveryStore;
  readonly templates: TemplateStore;
  readonly pubsub: PubSub;
  /** Has the mailer look at once. */
  readonly wakeMailer: () => void;
}
