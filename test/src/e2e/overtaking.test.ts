import { createInventory } from '@foyer/inventory';
import { createPayments } from '@foyer/payments';
import type { Subgraph } from '@foyer/platform';
import { createGate } from '../harness/gate.js';
import { startTestSystem } from '../harness/startTestSystem.js';
import { describeOvertaking } from './suites/overtaking.js';

describeOvertaking(async (overrides) => {
  const gate = createGate();
  const guarded = async (subgraph: Promise<Subgraph>): Promise<Subgraph> => gate.before(await subgraph);
  const system = await startTestSystem(overrides, {
    factories: () =>
      Promise.resolve({
        inventory: (parts) => guarded(createInventory(parts)),
        payments: (parts) => guarded(createPayments(parts)),
      }),
  });
  return { ...system, gate };
});
