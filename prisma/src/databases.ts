/** Every database of Foyer: one per subgraph, the gateway's own, and the event bus's log. */
export const DATABASE_NAMES = [
  'users',
  'catalog',
  'inventory',
  'orders',
  'payments',
  'notifications',
  'waitroom',
  'gateway',
  'bus',
] as const;

export type DatabaseName = (typeof DATABASE_NAMES)[number];

export function isDatabaseName(text: string): text is DatabaseName {
  return (DATABASE_NAMES as readonly string[]).includes(text);
}

/** The variable that holds a database's URL, e.g. `ORDERS_DATABASE_URL`. */
export function databaseUrlVariable(name: DatabaseName): string {
  return `${name.toUpperCase()}_DATABASE_URL`;
}
