import { SetUpError } from './report.mjs';

const KNOWN = { '--fresh': 'begins anew, without the data that is there' };

/**
 * Looks at the options of `npm start` before anything is done: one that is misspelt must not start the system otherwise than
 * it was meant to.
 * @throws SetUpError that names what is not known, and what is.
 */
export function checkStartOptions(options) {
  const unknown = options.filter((option) => !Object.hasOwn(KNOWN, option));
  if (unknown.length === 0) return;
  const known = Object.entries(KNOWN).map(([option, does]) => `  ${option}  ${does}`);
  throw new SetUpError([`There is no option ${unknown.join(' ')}. There is:`, ...known].join('\n'));
}
