import { DEFAULT_PORTS, portVariable, PROCESS_NAMES } from '@foyer/platform';

/**
 * What to tell when a port is taken: which one, and the variable that changes it.
 * @returns null when the error is about something else.
 */
export function portInUseMessage(error: unknown): string | null {
  if (!(error instanceof Error) || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') return null;
  const { port } = error as { port?: number };
  const owner = PROCESS_NAMES.find(
    (name) => Number(process.env[portVariable(name)] ?? DEFAULT_PORTS[name]) === port,
  );
  const remedy = owner ? `Set ${portVariable(owner)} to another port` : 'Choose another port';
  return `Port ${port} is in use by another program. ${remedy}, or end that program, and start again.`;
}
