import { findOnPath } from '../process/findOnPath.js';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The path of a Chromium to drive, from `CHROMIUM_PATH` or the search path; null when there is none. */
export function findChromium(): string | null {
  const configured = process.env['CHROMIUM_PATH'];
  if (configured !== undefined && configured !== '') return configured;
  return NAMES.map(findOnPath).find((path) => path !== null) ?? null;
}
