import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Loaded before a process's own main (`node --require`): its clock is wrong by as many milliseconds as stand in the file
 * that is named after its process id, in the folder CHAOS_CLOCKS. Shipped code has no such switch.
 */
const file = join(process.env['CHAOS_CLOCKS'] ?? '', String(process.pid));
const LOOK_MS = 100;
let shift = 0;

setInterval(() => {
  try {
    shift = Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    // It is right.
    shift = 0;
  }
}, LOOK_MS).unref();

const TrueDate = Date;
const now = (): number => TrueDate.now() + shift;

globalThis.Date = new Proxy(TrueDate, {
  apply: () => new TrueDate(now()).toString(),
  construct: (target, given: unknown[], newTarget) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as Date,
  get: (target, name, receiver) => (name === 'now' ? now : (Reflect.get(target, name, receiver) as unknown)),
});
