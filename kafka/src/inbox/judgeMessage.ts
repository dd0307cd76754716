import type { BusMessage } from '../bus/eventBus.js';
import { checkEnvelope } from '../event/checkEnvelope.js';
import { checkEventData } from '../event/checkEventData.js';
import type { CloudEvent } from '../event/cloudEvent.js';
import type { KnownEvents } from './knownEvents.js';

/**
 * - `skip`: of no interest to this group.
 * - `handle`: conforms to its contract.
 * - `refuse`: can't be handled, ever; `event` is what there is of an envelope.
 */
export type Judgement =
  | { readonly kind: 'skip' }
  | { readonly kind: 'handle'; readonly event: CloudEvent }
  | { readonly kind: 'refuse'; readonly reason: string; readonly event: Partial<CloudEvent> };

const SKIP: Judgement = { kind: 'skip' };

/** What is to be done with a message by a group that handles events of some types. */
export function judgeMessage({ value }: BusMessage, known: KnownEvents): Judgement {
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
  const versions = typeof type === 'string' ? known.get(type) : undefined;
  if (typeof type === 'string' && versions === undefined) return SKIP;

  const envelope = checkEnvelope(value);
  if ('faults' in envelope || versions === undefined) {
    const faults = 'faults' in envelope ? envelope.faults : [];
    const event = typeof value === 'object' && value !== null ? value : {};
    return { kind: 'refuse', reason: `not an event: ${faults.join('; ')}`, event };
  }

  const { event } = envelope;
  const definition = versions.find(({ dataSchema }) => dataSchema === event.dataschema);
  if (definition === undefined) {
    const reason = `schema ${event.dataschema} is not known here; the newest known is ${versions[0]?.dataSchema ?? 'none'}`;
    return { kind: 'refuse', reason, event };
  }
  const faults = checkEventData(definition, event.data);
  if (faults.length > 0) {
    return {
      kind: 'refuse',
      reason: `data does not conform to ${event.dataschema}: ${faults.join('; ')}`,
      event,
    };
  }
  return { kind: 'handle', event };
}
