export * from './domain.js';
export { ManualClock } from './clock/clock.js';
export { ConfigurationError, Environment } from './config/environment.js';
export { createSealer, type Sealer } from './crypto/sealer.js';
export { checkHealth, type HealthCheck, type HealthReport } from './health/health.js';
export { accessIdentity } from './identity/accessIdentity.js';
export { SUBGRAPH_NAMES } from './identity/identity.js';
export {
  createIdentitySigner,
  createIdentityVerifier,
  type IdentitySigner,
  type IdentityVerifier,
} from './identity/identityTokens.js';
export { createKeyring, type Keyring, type KeyPurpose } from './identity/keyring.js';
export { createKeySet, type Jwks, type KeySet, type PublicJwk } from './identity/keySet.js';
export {
  ACCESS_TOKEN,
  ADMISSION_TOKEN,
  TICKET_TOKEN,
  identityToken,
  type IdentityIssuer,
} from './identity/tokenKinds.js';
export {
  createTokenSigner,
  createTokenVerifier,
  TokenRejected,
  type TokenFault,
  type TokenKind,
  type TokenSigner,
  type TokenVerifier,
} from './identity/tokens.js';
export { requirePermission, requireService, requireUser } from './identity/require.js';
export { startAll, type Component } from './lifecycle/component.js';
export { createLog, type Log } from './log/createLog.js';
export * from './postgres/index.js';
export { followLatest, type FollowLatestOptions } from './pubsub/followLatest.js';
export { createMemoryPubSub, type ChannelListener, type PubSub } from './pubsub/pubSub.js';
export {
  createMemoryRateLimiter,
  type RateLimit,
  type RateLimitAnswer,
  type RateLimiter,
} from './rateLimiter/rateLimiter.js';
export { withRefusals } from './refusal/withRefusals.js';
export { createJob, type Job } from './scheduler/createJob.js';
export type { RequestContext, SubgraphContext } from './subgraph/context.js';
export { createSubgraph, type Subgraph, type SubgraphOptions } from './subgraph/createSubgraph.js';
export { closeServer } from './subgraph/closeServer.js';
export type { Routes } from './subgraph/createHttpServer.js';
export { createServiceClient, type ServiceClient } from './subgraph/serviceClient.js';
export { maskError } from './subgraph/maskError.js';
export { createHttpTransport } from './transport/createHttpTransport.js';
export { createInProcessTransport } from './transport/createInProcessTransport.js';
export { REQUEST_ID_HEADER } from './transport/headers.js';
export {
  SubgraphUnavailable,
  type SubgraphRequest,
  type SubgraphTransport,
} from './transport/subgraphTransport.js';
export {
  DEFAULT_PORTS,
  hostOf,
  portOf,
  portVariable,
  PROCESS_NAMES,
  publicUrlOf,
  urlOf,
  type ProcessName,
} from './process/addresses.js';
export { createSubgraphContext, isDevelopment } from './process/createSubgraphContext.js';
export { fetchJwks } from './process/fetchJwks.js';
export { onStopSignal } from './process/onStopSignal.js';
export { runningDatabaseUrl } from './process/runningDatabaseUrl.js';
