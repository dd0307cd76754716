import { connect } from 'node:net';
import { describeError } from './describeError.js';

/**
 * Resolves when somebody listens at one of these addresses.
 * @param addresses `host:port` of each; at least one.
 * @throws Error with what is wrong with each when nobody does.
 */
export async function connectTo(addresses: readonly string[], timeoutMs = 3000): Promise<void> {
  const failures: string[] = [];
  await Promise.any(
    addresses.map((address) =>
      connectOnce(address, timeoutMs).catch((error: unknown) => {
        failures.push(describeError(error));
        throw error;
      }),
    ),
  ).catch(() => {
    throw new Error([...new Set(failures)].join('; '));
  });
}

function connectOnce(address: string, timeoutMs: number): Promise<void> {
  const { hostname, port } = new URL(`tcp://${address}`);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) });
    socket.setTimeout(timeoutMs, () => {
      socket.destroy(new Error(`${address} does not answer within ${timeoutMs} ms`));
    });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
  });
}
