import { Client, escapeIdentifier } from 'pg';

const DATABASE_MISSING = '3D000';
const DATABASE_EXISTS = '42P04';
const UNIQUE_VIOLATION = '23505';

/** Connects to `url`; the caller ends the client. A connection that breaks rejects its queries and no more. */
export async function connect(url: string): Promise<Client> {
  const client = new Client({
    connectionString: url,
    application_name: 'foyer-migrate',
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Connects to `url`, after creating its database if there is none. */
export async function connectOrCreate(url: string): Promise<Client> {
  try {
    return await connect(url);
  } catch (error) {
    if (sqlState(error) !== DATABASE_MISSING) {
      throw error;
    }
  }
  const { server, database } = splitUrl(url);
  const admin = await connect(server);
  try {
    await admin.query(`CREATE DATABASE ${escapeIdentifier(database)}`);
  } catch (error) {
    // Two processes may create it at once; Postgres then answers either.
    if (sqlState(error) !== DATABASE_EXISTS && sqlState(error) !== UNIQUE_VIOLATION) {
      throw error;
    }
  } finally {
    await admin.end();
  }
  return await connect(url);
}

/** The name of the database in `url`, and the URL of the server's maintenance database. */
export function splitUrl(url: string): { server: string; database: string } {
  const parsed = new URL(url);
  const database = decodeURIComponent(parsed.pathname.slice(1));
  parsed.pathname = '/postgres';
  return { server: parsed.href, database };
}

/** `url` with another database. */
export function withDatabase(url: string, database: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${encodeURIComponent(database)}`;
  return parsed.href;
}

function sqlState(error: unknown): string | undefined {
  return (error as { code?: string }).code;
}
