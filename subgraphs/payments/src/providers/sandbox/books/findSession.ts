import type { Queryable } from '@foyer/kafka';
import { SESSION_COLUMNS, type SandboxSession } from './session.js';

/** @returns null when there is no such session. */
export async function findSession(
  sql: Queryable,
  by: 'id' | 'reference',
  value: string,
): Promise<SandboxSession | null> {
  const [session] = await sql.query<SandboxSession>(
    `select ${SESSION_COLUMNS} from sandbox_session where ${by} = $1`,
    [value],
  );
  return session ?? null;
}
