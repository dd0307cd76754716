import { v7 } from 'uuid';

/** A new UUIDv7 (RFC 9562): unique, and roughly ordered by time of making. Never an order of commits. */
export function newId(): string {
  return v7();
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text from outside has the form of a UUID; what has not is no id of ours, and not worth asking a database. */
export function isId(text: string): boolean {
  return UUID.test(text);
}
