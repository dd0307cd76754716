import { randomInt } from 'node:crypto';
import { isPortTaken } from '@foyer/platform';

/** Below those that systems give to outgoing connections, so that nobody sits on it between kill and start. */
const FIRST = 20_000;
const END = 32_000;

/** Gives a free port of 127.0.0.1 for a server that is to come back on it. */
export async function findBrokerPort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, END);
    if (!(await isPortTaken(port))) return port;
  }
}
