import { Type } from '@sinclair/typebox';
import { defineEvent } from '../event/defineEvent.js';
import { Id, Instant, oneOf, orNull } from './parts.js';

const entry = { topic: 'queue-events', aggregateType: 'entry', version: 1 } as const;
const Place = { entryId: Id, eventId: Id, userId: Id };

/** Somebody stands in line. */
export const QueueJoined = defineEvent({ ...entry, type: 'queue.joined', data: Type.Object(Place) });

/** It is somebody's turn. */
export const QueueReady = defineEvent({
  ...entry,
  type: 'queue.ready',
  data: Type.Object({ ...Place, admissionId: Id, expiresAt: Instant }),
});

const Left = Type.Object({
  ...Place,
  /** The admission that was given and is to be closed by orders (`admission.spent` with no order); null if none was. */
  admissionId: orNull(Id),
});

/** Somebody left the line, or gave the turn up. */
export const QueueLeft = defineEvent({ ...entry, type: 'queue.left', data: Left });

/** Somebody was gone too long, or let the turn pass. */
export const QueueExpired = defineEvent({ ...entry, type: 'queue.expired', data: Left });

/** The line is over for somebody who still stood in it. */
export const QueueEnded = defineEvent({
  ...entry,
  type: 'queue.ended',
  data: Type.Object({ ...Place, reason: oneOf('SOLD_OUT', 'SALE_ENDED', 'EVENT_CANCELLED') }),
});
