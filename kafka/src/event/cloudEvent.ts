/**
 * An event as it travels: CloudEvents 1.0, structured JSON mode, `data` being JSON.
 *
 * Extension attributes have names of lower-case letters and digits, as the specification demands.
 *
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/extensions/distributed-tracing.md
 */
export interface CloudEvent<Type extends string = string, Data = unknown> {
  readonly specversion: '1.0';
  /** UUIDv7, the id of the outbox row; what idempotency is decided by. */
  readonly id: string;
  /** The subgraph that published it, for example `/foyer/orders`. */
  readonly source: string;
  readonly type: Type;
  /** The aggregate's id, which is also the message key. */
  readonly subject: string;
  /** When the state changed, RFC 3339 in UTC. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** Names type and version of the data; see `dataSchemaUri`. */
  readonly dataschema: string;
  readonly data: Data;
  readonly aggregatetype: string;
  /** Position among the events of this aggregate, from 1, without gaps. */
  readonly aggregateversion: number;
  /** Shared by everything that one request caused. */
  readonly correlationid?: string;
  /** The id of the event that caused this one. */
  readonly causationid?: string;
  /** W3C trace context. */
  readonly traceparent?: string;
}
