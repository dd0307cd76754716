import { createPool } from '@foyer/platform';

/** What tells a database cluster from another: a new one, after `--fresh`, has a new identity. */
export async function clusterIdentity(url: string): Promise<string> {
  const pool = createPool(url, { max: 1, applicationName: 'foyer-demo' });
  try {
    const { rows } = await pool.query<{ identity: string }>(
      `select system_identifier::text as identity from pg_control_system()`,
    );
    return rows[0]?.identity ?? '';
  } finally {
    await pool.end();
  }
}
