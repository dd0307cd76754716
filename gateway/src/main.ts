import { runProcess } from '@foyer/platform';
import { findPendingMigrations } from '@foyer/prisma';
import { prepareGatewayProcess } from './process/prepareGatewayProcess.js';

// The gateway as a process of its own, configured by the environment: GATEWAY_DATABASE_URL, KAFKA_BROKERS or
// BUS_DATABASE_URL, FOYER_SECRET, <SUBGRAPH>_URL, GATEWAY_SUPERGRAPH, and what `optionsFromEnvironment` names.
void runProcess({
  name: 'gateway',
  open: true,
  prepare: (base) => prepareGatewayProcess(base, findPendingMigrations),
});
