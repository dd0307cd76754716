import { Ajv, type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';
import type { TSchema } from '@sinclair/typebox';

const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false });
addFormats(ajv);

/**
 * A check of values against a schema; the schema is compiled at the first call.
 *
 * @returns a function that gives what is wrong with a value, one line each; none when it conforms.
 */
export function schemaValidator(schema: TSchema): (value: unknown) => readonly string[] {
  let validate: ReturnType<typeof ajv.compile> | null = null;
  return (value) => {
    validate ??= ajv.compile(schema);
    return validate(value) ? [] : (validate.errors ?? []).map(describe);
  };
}

function describe({ instancePath, message, params }: ErrorObject): string {
  const extra = 'additionalProperty' in params ? ` (${String(params['additionalProperty'])})` : '';
  return `${instancePath === '' ? 'value' : instancePath} ${message ?? 'is invalid'}${extra}`;
}
