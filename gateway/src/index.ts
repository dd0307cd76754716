export type { PolicyDecision } from './authorization/requirement.js';
export { DEFAULT_SUBSCRIPTION_LIMITS, type GatewayOptions } from './config/gatewayOptions.js';
export { createOperations, type Operations } from './execution/createOperations.js';
export { loadGraph, type Graph } from './graph/loadGraph.js';
export { valueOf, type Cost } from './limits/cost/cost.js';
export { createGateway, type Gateway } from './createGateway.js';
export type { SubgraphIdentitySigner } from './execution/createSubgraphSource.js';
export type { GatewayHealth } from './health/gatewayHealth.js';
export { DEFAULT_LIMITS, type Limits } from './limits/limits.js';
export {
  createEndedSessions,
  type EndedSessions,
  type EndedSessionsRegister,
} from './sessions/endedSessions.js';
export { followEndedSessions, type FollowedSessions } from './sessions/followEndedSessions.js';
export { CLOSE, type CloseCode } from './subscriptions/closeCodes.js';
export type { SubscriptionLimits } from './subscriptions/createSubscriptionServer.js';
export { optionsFromEnvironment, type TunableOptions } from './config/optionsFromEnvironment.js';
export { openGatewayKeys, type GatewayKeys } from './process/openGatewayKeys.js';
export type { GatewayParts } from './process/prepareGateway.js';
export { startGateway, type RunningGateway } from './process/startGateway.js';
