// Loaded before a process's own main (`node --require`), by nothing but the supervisor: an orchestrator ends what it
// started, and a supervisor that was killed can not.

/** How long the process may take to end by itself before it is ended, beyond what it gives its requests. */
const PATIENCE_MS = 10_000;
const DEFAULT_DRAIN_SECONDS = 30;

const drainSeconds = Number(process.env['FOYER_DRAIN_SECONDS'] ?? DEFAULT_DRAIN_SECONDS);

process.once('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), drainSeconds * 1000 + PATIENCE_MS).unref();
});
// To listen is no reason to stay alive.
process.channel?.unref();
