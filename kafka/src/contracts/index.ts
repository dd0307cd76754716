export * from './catalogEvents.js';
export * from './deadLetterEvents.js';
export * from './inventoryEvents.js';
export * from './orderEvents.js';
export { Id, Instant, MoneyAmount, oneOf, orNull } from './parts.js';
export * from './paymentEvents.js';
export * from './queueEvents.js';
export * from './userEvents.js';
