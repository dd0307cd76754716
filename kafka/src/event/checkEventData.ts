import type { EventDefinition } from './defineEvent.js';
import { schemaValidator } from './schemaValidator.js';

const validators = new WeakMap<EventDefinition, (value: unknown) => readonly string[]>();

/** What is wrong with the data of an event by its contract, one line each; none when it conforms. */
export function checkEventData(definition: EventDefinition, data: unknown): readonly string[] {
  let validate = validators.get(definition);
  if (validate === undefined) {
    validate = schemaValidator(definition.data);
    validators.set(definition, validate);
  }
  return validate(data);
}
