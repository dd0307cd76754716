import { parseArgs } from 'node:util';
import { createLog, onStopSignal } from '@foyer/platform';
import { STATE } from './places.js';
import { startBroker } from './startBroker.js';

const DEFAULT_PORT = '9092';

/** `npm run kafka`: a broker with its data in `.foyer/kafka`, until a signal. `-- --port 9192` listens elsewhere. */
async function main(): Promise<void> {
  const { port } = parseArgs({ options: { port: { type: 'string', default: DEFAULT_PORT } } }).values;
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw new Error(`--port ${port}: must be a port, from 1 to 65535.`);
  }
  say('Starting Apache Kafka; the first time it is fetched, 44 MB …');
  const broker = await startBroker({ folder: STATE, port: Number(port) });
  onStopSignal(
    () => {
      say('Stopping …');
      return broker.stop();
    },
    createLog('kafka', 'warn'),
  );
  say(
    `Apache Kafka serves at ${broker.brokers}. Let Foyer use it by KAFKA_BROKERS=${broker.brokers}; Ctrl-C stops it.`,
  );
  // The broker itself does not keep us.
  setInterval(() => undefined, 60_000);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
