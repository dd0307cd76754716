import { randomUUID } from 'node:crypto';

/** Tells this process from those before and beside it, in the marks it leaves on what it has in hand. */
export const PROCESS_ID = randomUUID();
