/** A step of the set-up failed. The message is for the user; there is no need for a stack. */
export class SetUpError extends Error {}

/** Ends the process for an error of the set-up. */
export function fail(error) {
  console.error(error instanceof SetUpError ? error.message : error);
  process.exit(1);
}

/** Says that something long begins. */
export function step(what) {
  console.log(`› ${what} …`);
}
