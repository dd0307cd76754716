import type { EventDefinition } from '../event/defineEvent.js';
import * as contracts from './index.js';

/** Every contract of the system, by type and version. */
export const eventDefinitions: readonly EventDefinition[] = (Object.values(contracts) as readonly unknown[])
  .filter(isDefinition)
  .sort((a, b) => (a.type === b.type ? a.version - b.version : a.type < b.type ? -1 : 1));

function isDefinition(value: unknown): value is EventDefinition {
  return typeof value === 'object' && value !== null && 'dataSchema' in value;
}
