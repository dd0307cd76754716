import { join } from 'node:path';
import { makeOperator } from './makeOperator.js';
import { startMortalProcess, type MortalProcess } from './mortalProcess.js';
import type { Person, Stage } from './story.js';
import { createTestEnvironment } from './testEnvironment.js';

/** The whole system in a process of its own, which dies and is started again on the same databases. */
export interface MortalSystem extends Stage, Pick<MortalProcess, 'deaths' | 'killAt' | 'insist'> {
  /** Ends it and drops its databases. */
  stop(): Promise<void>;
}

/**
 * Starts the system; whenever it ends by a signal, another process is started.
 * @param startInventory starts inventory in processes of its own, and says where; left out, it runs within the system's.
 */
export async function startMortalSystem(
  overrides: Readonly<Record<string, string>>,
  startInventory?: (variables: Stage['variables']) => Promise<readonly string[]>,
): Promise<MortalSystem> {
  const { variables, drop } = await createTestEnvironment(overrides);
  const inventoryAt = (await startInventory?.(variables)) ?? null;
  const mortal = await startMortalProcess(join(__dirname, 'systemProcess.js'), variables, inventoryAt);
  const stage = {
    endpoint: `http://127.0.0.1:${variables['GATEWAY_PORT'] ?? ''}/graphql`,
    variables,
    people: [] as Person[],
  };
  const operator = await makeOperator(stage);
  return {
    ...stage,
    operator,
    get deaths() {
      return mortal.deaths;
    },
    killAt: (places) => mortal.killAt(places),
    insist: (work) => mortal.insist(work),
    async stop() {
      await Promise.all(stage.people.map((person) => person.close()));
      await mortal.end();
      await drop();
    },
  };
}
