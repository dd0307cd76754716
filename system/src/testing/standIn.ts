// Stands in for a process in tests of the supervisor: is ready at once, and ends as it is told by STAND_IN:
// `stubborn` does not end by SIGTERM, `broken` never starts.
import { createServer } from 'node:http';
import { DEFAULT_PORTS, PROCESS_NAMES, portVariable } from '@foyer/platform';

const behaviour = process.env['STAND_IN'] ?? '';
const name = process.env['STAND_IN_NAME'];
const own = PROCESS_NAMES.find((each) => each === name) ?? 'gateway';

if (behaviour === 'broken') {
  console.error(
    JSON.stringify({ level: 60, msg: `${own} could not start`, err: { message: 'it is broken' } }),
  );
  process.exit(1);
}
process.on('SIGTERM', () => {
  console.log(`${own} is told to stop at ${process.hrtime.bigint()}`);
  if (behaviour !== 'stubborn') process.exit(0);
});
createServer((_, response) => response.end('{}')).listen(
  Number(process.env[portVariable(own)] ?? DEFAULT_PORTS[own]),
  '127.0.0.1',
);
