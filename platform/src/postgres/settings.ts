/** Names and values as in postgresql.conf. */
export type PostgresSettings = Readonly<Record<string, string | number>>;

/** The most connections the embedded server takes unless told otherwise; the whole system shares them. */
export const DEFAULT_MAX_CONNECTIONS = 200;

/**
 * For a server on a developer's machine: little memory, few background processes, every commit durable.
 * Reached over TCP on 127.0.0.1 with a password, and by nothing else.
 */
export const EMBEDDED_SETTINGS: PostgresSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: DEFAULT_MAX_CONNECTIONS,
  timezone: 'UTC',
  log_timezone: 'UTC',
  shared_buffers: '64MB',
  max_wal_size: '256MB',
  io_method: 'sync',
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_logical_replication_workers: 0,
  autovacuum_max_workers: 2,
  max_parallel_workers: 0,
  max_parallel_workers_per_gather: 0,
  jit: 'off',
};

/** For tests: nothing has to survive a power cut (a kill of the server's clients changes nothing of theirs). */
export const TEST_SETTINGS: PostgresSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
};
