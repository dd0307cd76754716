// Stands in for a process in tests of the supervisor, at STAND_IN_PORT: is ready at once, and ends as STAND_IN says:
// `stubborn` does not end by SIGTERM, `broken` never starts. Loads nothing of ours, which would take long.
import { createServer } from 'node:http';

const behaviour = process.env['STAND_IN'] ?? '';

if (behaviour === 'broken') {
  console.error(
    JSON.stringify({ level: 60, msg: 'the stand-in can’t start', err: { message: 'it is broken' } }),
  );
  process.exit(1);
}
process.on('SIGTERM', () => {
  console.log(`told to stop at ${process.hrtime.bigint()}`);
  if (behaviour !== 'stubborn') process.exit(0);
});
createServer((_, response) => response.end('{}')).listen(Number(process.env['STAND_IN_PORT']), '127.0.0.1');
