import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the check would report but somebody has accepted, with the reason (`accepted.json`). */
export interface Accepted {
  /** Composition hints by code and coordinate or words of their message. */
  readonly hints: readonly { readonly code: string; readonly about: string; readonly reason: string }[];
  /** Breaking changes by the words that the check reports them with. */
  readonly breakingChanges: readonly { readonly change: string; readonly reason: string }[];
}

/** Reads `accepted.json`. @param folder this package's folder. */
export function readAccepted(folder: string): Accepted {
  return JSON.parse(readFileSync(join(folder, 'accepted.json'), 'utf8')) as Accepted;
}
