import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

/** The repository's root: this file is system/dist/testing/readCompose.js. */
export const ROOT = resolve(__dirname, '../../..');

/** What the tests look at of a service. */
export interface ComposeService {
  readonly image?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly restart?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly stop_grace_period?: string;
}

/** A compose file after interpolation. */
export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
}

/** A variable that a compose file takes from `.env`: `${NAME}`, `${NAME:-default}`, `${NAME:?message}`. */
const VARIABLE = /\$\{([A-Z0-9_]+)(?::([-?])([^}]*))?\}/g;

/** The text of a file of the repository. */
export function readRoot(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/**
 * Reads a compose file as `docker compose` does: YAML's anchors and merges resolved, then variables put into its texts.
 * @throws Error with the file's message for a required variable that is not set.
 */
export function readCompose(file: string, variables: Readonly<Record<string, string>>): ComposeFile {
  return interpolate(parse(readRoot(file), { merge: true }), variables) as ComposeFile;
}

function interpolate(node: unknown, variables: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(node)) return node.map((each) => interpolate(each, variables));
  if (node !== null && typeof node === 'object') {
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => [key, interpolate(value, variables)]),
    );
  }
  if (typeof node !== 'string') return node;
  return node.replaceAll(VARIABLE, (_, name: string, operator?: string, rest: string = '') => {
    const value = variables[name] ?? '';
    if (value === '' && operator === '?') throw new Error(`${name}: ${rest}`);
    return value === '' ? rest : value;
  });
}

/** Names of the variables that a compose file takes from `.env`. */
export function variablesOfCompose(file: string): readonly string[] {
  return [...new Set([...readRoot(file).matchAll(VARIABLE)].map(([, name = '']) => name))].sort();
}
