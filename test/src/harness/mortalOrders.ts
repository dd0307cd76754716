import { join } from 'node:path';
import { createLog, Environment, PROCESS_NAMES, urlVariable } from '@foyer/platform';
import { startSystem, type System } from '@foyer/system';
import { makeOperator } from './makeOperator.js';
import { startForgetfulProxy } from './startForgetfulProxy.js';
import { startMortalProcess, type MortalProcess } from './mortalProcess.js';
import type { Person, Stage } from './story.js';
import { subgraphAt } from './subgraphAt.js';
import { createTestEnvironment } from './testEnvironment.js';

/** A system of whose parts orders dies, and is started again, while the others live on. */
export interface MortalOrders extends Stage, Pick<MortalProcess, 'deaths' | 'killAt' | 'insist'> {
  /** Until the next restart payments does what it is asked by this operation, and nobody hears of it. */
  loseAnswersTo(operation: string): void;
  /** Ends orders by SIGKILL, and starts everything with other variables. */
  restart(overrides: Readonly<Record<string, string>>): Promise<void>;
  /** Ends it and drops its databases. */
  stop(): Promise<void>;
}

/**
 * Starts orders in a process of its own, and all others in this one.
 * @param startInventory starts inventory in processes of its own, and says where; left out, it runs in this one.
 */
export async function startMortalOrders(
  overrides: Readonly<Record<string, string>>,
  startInventory?: (variables: Stage['variables']) => Promise<readonly string[]>,
): Promise<MortalOrders> {
  const { variables: own, drop } = await createTestEnvironment(overrides);
  const inventoryAt = (await startInventory?.(own)) ?? null;
  const urlOf = (name: string) => `http://127.0.0.1:${own[`${name.toUpperCase()}_PORT`] ?? ''}`;
  const payments = await startForgetfulProxy(urlOf('payments'));
  const variables = {
    ...own,
    ...Object.fromEntries(PROCESS_NAMES.map((name) => [urlVariable(name), urlOf(name)])),
    ...(inventoryAt && { [urlVariable('inventory')]: inventoryAt.join(',') }),
    [urlVariable('payments')]: payments.url,
  };
  const startOthers = (present: Readonly<Record<string, string>>): Promise<System> =>
    startSystem({
      environment: new Environment(present),
      log: createLog('test', process.env['TEST_LOG'] ?? 'silent'),
      factories: {
        orders: ({ context }) =>
          Promise.resolve(subgraphAt('orders', [urlOf('orders')], context.environment)),
        ...(inventoryAt && {
          inventory: ({ context }) =>
            Promise.resolve(subgraphAt('inventory', inventoryAt, context.environment)),
        }),
      },
    });

  let others = await startOthers(variables);
  const mortal = await startMortalProcess(join(__dirname, 'ordersProcess.js'), variables);
  const stage = { endpoint: others.endpoint, variables, people: [] as Person[] };
  const operator = await makeOperator(stage);
  return {
    ...stage,
    operator,
    get deaths() {
      return mortal.deaths;
    },
    killAt: (places) => mortal.killAt(places),
    insist: (work) => mortal.insist(work),
    loseAnswersTo: (operation) => payments.loseAnswersTo(operation),
    async restart(changed) {
      const present = { ...variables, ...changed };
      await mortal.restart(present, async () => {
        await others.stop();
        payments.loseAnswersTo(null);
        others = await startOthers(present);
      });
    },
    async stop() {
      await Promise.all(stage.people.map((person) => person.close()));
      await mortal.end();
      await others.stop();
      await payments.close();
      await drop();
    },
  };
}
