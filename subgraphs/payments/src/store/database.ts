import type { Database } from '@foyer/prisma';
import type { PrismaClient } from '@foyer/prisma/payments';

/** The payments subgraph's database. */
export type PaymentsDatabase = Database<PrismaClient>;
