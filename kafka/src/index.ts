export { defineEvent, type EventDataOf, type EventDefinition, type EventOf } from './event/defineEvent';
export type { CloudEvent } from './event/cloudEvent';
export { topics, type Topic } from './event/topics';
