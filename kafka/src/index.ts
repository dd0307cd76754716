export { findArchiveGaps, type ArchiveGaps } from './archive/findArchiveGaps.js';
export { readArchive, type ArchiveFilter } from './archive/readArchive.js';
export type { ArchivedEvent } from './archive/archivedEvent.js';
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
export { asyncApiDocument, type AsyncApiOptions, type EventReader } from './asyncapi/asyncApiDocument.js';
export { createBusFromEnvironment } from './bus/createBusFromEnvironment.js';
export { createPostgresBus, type PostgresBusOptions } from './bus/postgres/createPostgresBus.js';
export { eventDefinitions } from './contracts/eventDefinitions.js';
export * from './contracts/index.js';
export * from './copies/index.js';
export { checkEnvelope } from './event/checkEnvelope.js';
export { checkEventData } from './event/checkEventData.js';
export type { CloudEvent } from './event/cloudEvent.js';
export { defineEvent, type EventDataOf, type EventDefinition, type EventOf } from './event/defineEvent.js';
export { INBOX_RETENTION, OUTBOX_RETENTION, TOPIC_RETENTION } from './event/topicRetention.js';
export { topicOwner, topics, type Topic } from './event/topics.js';
export type { StoreTransaction } from './inbox/applyEvent.js';
export { createEventConsumer, type EventConsumerOptions } from './inbox/createEventConsumer.js';
export {
  defineHandler,
  type EventHandler,
  type HandlerOptions,
  type HandlerTransaction,
} from './inbox/defineHandler.js';
export { DEFAULT_RETRY_POLICY, type RetryPolicy } from './inbox/retryPolicy.js';
export { isRelayOn } from './messaging/isRelayOn.js';
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
export { defineProjection, type Projection, type ProjectionOptions } from './rebuild/projection.js';
export { RebuildError } from './rebuild/rebuildError.js';
export { rebuildProjection, type RebuildOptions, type RebuildStep } from './rebuild/rebuildProjection.js';
export type { PendingMigrations } from './process/pendingMigrations.js';
export { prepareBus, type PreparedBus } from './process/prepareBus.js';
export type { SubgraphFactory, SubgraphParts } from './process/prepareSubgraph.js';
export { runSubgraphProcess } from './process/runSubgraphProcess.js';
