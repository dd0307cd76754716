import type { ProcessName } from '@foyer/platform';
import type { Client } from 'pg';

/** Names the migrations that a database lacks: `@foyer/prisma`'s `findPendingMigrations`. */
export type PendingMigrations = (client: Client, database: ProcessName | 'bus') => Promise<readonly string[]>;
