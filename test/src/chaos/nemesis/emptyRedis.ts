import { connect } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** Removes all that a Redis holds, in its own words. @returns how many keys that were. */
export async function emptyRedis(url: string): Promise<number> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write('DBSIZE\r\nFLUSHALL\r\nQUIT\r\n');
  const answer = await text(socket);
  const [, keys] = /^:(\d+)\r\n\+OK/.exec(answer) ?? [];
  if (keys === undefined) throw new Error(`Redis answers ${JSON.stringify(answer)}`);
  return Number(keys);
}
