import { FAULTS, type FaultKind, type FaultShape } from './faults.js';
import type { Random } from './random.js';

/** One fault of a run. */
export interface Fault {
  readonly kind: FaultKind;
  readonly target: string;
  /** Which of several processes; taken modulo how many there are. */
  readonly index: number;
  /** From the beginning of the run, in milliseconds. */
  readonly at: number;
  /** How long it lasts, in milliseconds; 0 where the system mends it by itself. */
  readonly lasts: number;
  /** How strong, of [0, 1): by how much a clock is wrong, how much is repeated. */
  readonly strength: number;
}

/** From one fault to the next, at least: some of the system is there again, so that something goes on. */
const LEAST_INTERVAL_MS = 4000;
/** People are at work before the first. */
const FIRST_MS = 3000;
/** The last one leaves time to see what it did. */
const LAST_BEFORE_END_MS = 5000;

/**
 * The faults of a run: each kind once, in an order of chance, and more as time allows. Shorter than `LEAST_INTERVAL_MS`
 * per kind, a run has them closer together.
 * @param milliseconds how long people come.
 */
export function drawSchedule(random: Random, milliseconds: number): readonly Fault[] {
  const kinds = Object.keys(FAULTS) as FaultKind[];
  const span = Math.max(0, milliseconds - FIRST_MS - LAST_BEFORE_END_MS);
  const count = Math.max(kinds.length, Math.floor(span / LEAST_INTERVAL_MS));
  const weights = Object.fromEntries(kinds.map((kind) => [kind, FAULTS[kind].weight])) as Record<
    FaultKind,
    number
  >;
  const more = Array.from({ length: count - kinds.length }, () => random.weighted(weights));
  // Every kind comes in the first part: a long run that is ended early has still seen them all.
  const order = [...random.shuffled(kinds), ...more];
  const interval = span / count;
  return order.map((kind, place) => {
    const shape: FaultShape = FAULTS[kind];
    return {
      kind,
      target: random.pick(shape.targets),
      index: random.integer(0, 3),
      at: Math.round(FIRST_MS + (place + random.next() * 0.5) * interval),
      lasts: shape.lasts === null ? 0 : random.integer(...shape.lasts),
      strength: random.next(),
    };
  });
}
