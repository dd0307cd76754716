export type {
  BusBatch,
  BusMessage,
  ConsumeOptions,
  Consumer,
  EventBus,
  Follower,
  FollowOptions,
  PartitionLag,
} from './bus/eventBus.js';
export { createBusFromEnvironment } from './bus/createBusFromEnvironment.js';
export { createPostgresBus, type PostgresBusOptions } from './bus/postgres/createPostgresBus.js';
export * from './contracts/index.js';
export * from './copies/index.js';
export { checkEnvelope } from './event/checkEnvelope.js';
export { checkEventData } from './event/checkEventData.js';
export type { CloudEvent } from './event/cloudEvent.js';
export { defineEvent, type EventDataOf, type EventDefinition, type EventOf } from './event/defineEvent.js';
export { INBOX_RETENTION, OUTBOX_RETENTION, TOPIC_RETENTION } from './event/topicRetention.js';
export { topics, type Topic } from './event/topics.js';
export type { StoreTransaction } from './inbox/applyEvent.js';
export { createEventConsumer, type EventConsumerOptions } from './inbox/createEventConsumer.js';
export {
  defineHandler,
  type EventHandler,
  type HandlerOptions,
  type HandlerTransaction,
} from './inbox/defineHandler.js';
export { DEFAULT_RETRY_POLICY, type RetryPolicy } from './inbox/retryPolicy.js';
export {
  createMessaging,
  type Messaging,
  type MessagingHealth,
  type MessagingOptions,
} from './messaging/createMessaging.js';
export { causedBy, currentCausation, withCausation, type Causation } from './outbox/causation.js';
export {
  createOutbox,
  EventDataError,
  outboxEvent,
  type AppendedEvent,
  type CountedEvent,
  type NewEvent,
  type Outbox,
  type OutboxEvent,
} from './outbox/createOutbox.js';
export {
  discardDeadLetter,
  listDeadLetters,
  replayDeadLetters,
  showDeadLetter,
  type DeadLetterFilter,
  type ParkedEvent,
  type ParkedEventDetail,
} from './deadLetters/deadLetters.js';
export { runSubgraphProcess, type SubgraphParts } from './process/runSubgraphProcess.js';
