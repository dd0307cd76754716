import type { EventDefinition } from '../event/defineEvent.js';

/** A value of a JSON document. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What the document calls the message of an event. */
export function messageName({ type, version }: EventDefinition): string {
  return `${type}.v${version}`;
}

/** Points at a part of the same document. */
export function reference(...path: readonly string[]): { readonly $ref: string } {
  const escaped = path.map((each) => each.replaceAll('~', '~0').replaceAll('/', '~1'));
  return { $ref: `#/${escaped.join('/')}` };
}
