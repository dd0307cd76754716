import { MINUTE } from './wallClock.js';

/**
 * Seats alone are counted by cells of five minutes, whatever the slots of the day are: these change with the opening
 * hours while seatings stand. A seating takes every cell that it touches.
 */
export const CELL = 5 * MINUTE;

/** A time widened to whole cells. */
export function widen(from: number, until: number): readonly [number, number] {
  return [Math.floor(from / CELL) * CELL, Math.ceil(until / CELL) * CELL];
}

/** The beginnings of the cells that a time touches. */
export function cellsOf(from: number, until: number): readonly number[] {
  const [first, end] = widen(from, until);
  return Array.from({ length: (end - first) / CELL }, (_, index) => first + index * CELL);
}
