import type { RedisCommands } from './connectCommands.js';

/** Redis did not answer in time, or there is no connection to it. */
export class RedisAway extends Error {
  override readonly name = 'RedisAway';
}

/** Asks Redis. @throws RedisAway when it can't be asked or does not answer in time, and what a command rejects with. */
export type AskRedis = <Value>(question: (commands: RedisCommands) => Promise<Value>) => Promise<Value>;

/** After a question without an answer none is asked for so long: not every request must wait for the same outage. */
const PAUSE_MS = 1000;

/** Makes the way to ask. @param timeoutMs how long an answer may take. */
export function createAsk(commands: RedisCommands, timeoutMs: number): AskRedis {
  let pausedUntil = -Infinity;
  return async (question) => {
    if (commands.status !== 'ready') throw new RedisAway(`the connection is ${commands.status}`);
    if (performance.now() < pausedUntil) throw new RedisAway('it did not answer a moment ago');
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        // When it was us who were busy, the answer is here and waits to be read: let it come first.
        setImmediate(() =>
          setImmediate(() => {
            reject(new RedisAway(`no answer within ${timeoutMs} ms`));
          }),
        );
      }, timeoutMs);
    });
    const answer = question(commands);
    try {
      return await Promise.race([answer, late]);
    } catch (error) {
      if (error instanceof RedisAway) pausedUntil = performance.now() + PAUSE_MS;
      throw error;
    } finally {
      clearTimeout(timer);
      // Whoever asked has been told; what becomes of the question is of no interest.
      answer.catch(() => undefined);
      late.catch(() => undefined);
    }
  };
}
