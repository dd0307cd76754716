import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { EventDefinition } from '../event/defineEvent.js';
import { checkContracts } from './checkContracts.js';
import { recordContracts, type ContractRecord } from './contractRecord.js';
import { earlierRecord } from './earlierRecord.js';

/** What the command works on. */
export interface EventsCheckOptions {
  /** The repository's folder. */
  readonly root: string;
  readonly definitions: readonly EventDefinition[];
  readonly say: (line: string) => void;
}

/** Where the contracts are written down, from the repository's root. */
export const RECORD_FILE = 'kafka/contracts.json';

/**
 * Does what `npm run events:check` was told: `--base REF` compares with that commit's record instead of the main
 * branch's, `--record` writes the record anew when nothing breaks.
 *
 * @returns the exit status: 0 when nothing breaks and everything is recorded.
 * @throws BaseError; an error of `parseArgs` for other arguments.
 */
export function runEventsCheck(args: readonly string[], options: EventsCheckOptions): 0 | 1 {
  const { root, definitions, say } = options;
  const { values } = parseArgs({
    args: [...args],
    options: { base: { type: 'string' }, record: { type: 'boolean', default: false } },
  });
  const path = join(root, RECORD_FILE);
  const committed = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ContractRecord) : null;
  const earlier = earlierRecord(root, RECORD_FILE, values.base);
  const present = recordContracts(definitions, committed?.accepted);
  const { problems, recorded } = checkContracts(present, committed, earlier?.record ?? null);
  for (const { change, advice } of problems) say(`${change}\n  ${advice}`);

  if (problems.length > 0) {
    say(`To break it all the same, add the line and a reason to "accepted" in ${RECORD_FILE}.`);
  } else if (values.record) {
    writeFileSync(path, `${JSON.stringify(present, null, 2)}\n`);
    say(`${RECORD_FILE} is written; commit it.`);
  } else if (!recorded) {
    say(
      `${RECORD_FILE} does not say what the contracts say. Nothing breaks: npm run events:check -- --record, and commit it.`,
    );
  }
  const compared = earlier ? `compared with ${earlier.from}` : 'no earlier commit to compare with';
  say(`${definitions.length} contracts, ${problems.length} problems; ${compared}.`);
  return problems.length === 0 && (recorded || values.record) ? 0 : 1;
}
