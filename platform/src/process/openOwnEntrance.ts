import { ConfigurationError } from '../config/environment.js';
import { openEntrance, type Entrance } from '../entrance/openEntrance.js';
import type { HealthReport } from '../health/health.js';
import { portVariable, type ProcessName } from './addresses.js';
import type { ServerTls } from '../tls/serverTls.js';
import type { ProcessSettings } from './readProcessSettings.js';

/** Advice by what the system says when a port can't be had. */
const ADVICE: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there; choose another port or end it',
  EACCES: 'this user may not listen there',
  EADDRNOTAVAIL: 'this machine has no such address: look at FOYER_HOST',
  ENOTFOUND: 'this machine has no such address: look at FOYER_HOST',
};

/**
 * Opens the port of a process.
 * @param health what `/health/ready` says before it serves.
 * @throws ConfigurationError when it can't be had; the message names the variable.
 */
export async function openOwnEntrance(
  name: ProcessName,
  settings: Pick<ProcessSettings, 'host' | 'port' | 'requestMs'> & { readonly server: ServerTls | null },
  health: () => HealthReport,
): Promise<Entrance> {
  const { host, port, requestMs, server } = settings;
  try {
    return await openEntrance({ host, port, requestMs, tls: server, health });
  } catch (error) {
    const advice = ADVICE[String((error as { code?: unknown }).code)];
    if (advice === undefined) throw error;
    throw new ConfigurationError(`${portVariable(name)}=${port} at ${host}: ${advice}.`, { cause: error });
  }
}
