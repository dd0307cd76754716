import { createHash } from 'node:crypto';

/** Names an order by what it goes by, so that a cursor of another order is refused. */
export function orderName(name: string, ...goesBy: readonly unknown[]): string {
  const hash = createHash('sha256').update(JSON.stringify(goesBy)).digest('base64url').slice(0, 8);
  return `${name} ${hash}`;
}
