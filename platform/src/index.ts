export * from './domain.js';
export { networkOf } from './values/networkOf.js';
export { inBatches } from './batch/inBatches.js';
export type { Cache } from './cache/cache.js';
export { createMemoryCache } from './cache/createMemoryCache.js';
export { ManualClock } from './clock/clock.js';
export { ConfigurationError, Environment } from './config/environment.js';
export { readSecret } from './crypto/readSecret.js';
export { createSealer, type Sealer } from './crypto/sealer.js';
export type { Application } from './entrance/application.js';
export { isTls, securityHeaders } from './entrance/securityHeaders.js';
export { answerUnknown } from './entrance/answerUnknown.js';
export { createSocketServer, type SocketExtra } from './entrance/createSocketServer.js';
export { openEntrance, type Entrance } from './entrance/openEntrance.js';
export { DEFAULT_REQUEST_TIMEOUT_MS, requestTimeout } from './entrance/requestTimeout.js';
export { CLIENT_BOUNDS, type SocketBounds } from './entrance/socketBounds.js';
export { isOutage } from './health/isOutage.js';
export { describeError } from './health/describeError.js';
export { checkHealth, Degraded, type HealthCheck, type HealthReport } from './health/health.js';
export { accessIdentity } from './identity/accessIdentity.js';
export { SUBGRAPH_NAMES } from './identity/identity.js';
export {
  createIdentitySigner,
  createIdentityVerifier,
  type IdentitySigner,
  type IdentityVerifier,
} from './identity/identityTokens.js';
export { createRetiredKeys } from './identity/createRetiredKeys.js';
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
export { createLog, LOG_LEVELS, type Log } from './log/createLog.js';
export { createGauges } from './metrics/createGauges.js';
export { createMetrics, type CreateMetricsOptions } from './metrics/createMetrics.js';
export { firstNames } from './metrics/firstNames.js';
export type { Counter, GaugeOptions, Histogram, Labels, Metrics, Sample } from './metrics/metrics.js';
export { metricsRoute } from './metrics/metricsRoute.js';
export { recently } from './metrics/recently.js';
export * from './postgres/index.js';
export { followLatest, type FollowLatestOptions } from './pubsub/followLatest.js';
export { hearingBoth } from './pubsub/hearingBoth.js';
export { inTurn } from './pubsub/inTurn.js';
export { createMemoryPubSub, type ChannelListener, type PubSub } from './pubsub/pubSub.js';
export {
  createMemoryRateLimiter,
  type RateLimit,
  type RateLimitAnswer,
  type RateLimiter,
} from './rateLimiter/rateLimiter.js';
export { redisAvailable } from './redis/redisAvailable.js';
export { startRedisServer, type RedisServer, type RedisServerOptions } from './redis/startRedisServer.js';
export { badRequest } from './request/badRequest.js';
export { boundedListsRule } from './request/boundedListsRule.js';
export { boundErrors, MAXIMUM_ERRORS } from './request/boundErrors.js';
export { chooseOperation, noOperation } from './request/chooseOperation.js';
export { readRequest, type GraphqlRequest } from './request/readRequest.js';
export { shorten } from './request/shorten.js';
export { withRefusals } from './refusal/withRefusals.js';
export { createBackOff, type BackOff } from './scheduler/createBackOff.js';
export { createJob, type Job } from './scheduler/createJob.js';
export { settleAll } from './scheduler/settleAll.js';
export type { RequestContext, SubgraphContext } from './subgraph/context.js';
export { createSubgraph, type Subgraph, type SubgraphOptions } from './subgraph/createSubgraph.js';
export type { Routes } from './subgraph/createApplication.js';
export { createServiceClient, type ServiceClient } from './subgraph/serviceClient.js';
export { maskError } from './subgraph/maskError.js';
export type { ClientTls } from './tls/clientTls.js';
export { readTls, type ProcessTls } from './tls/readTls.js';
export { forEverybody, type ServerTls } from './tls/serverTls.js';
export { createHttpTransport } from './transport/createHttpTransport.js';
export { createInProcessTransport } from './transport/createInProcessTransport.js';
export { endWith } from './transport/endWith.js';
export { REQUEST_ID_HEADER } from './transport/headers.js';
export { subgraphTimeout } from './transport/subgraphTimeout.js';
export {
  NOT_READY,
  SubgraphUnavailable,
  type SubgraphInstance,
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
  urlsOf,
  urlVariable,
  type ProcessName,
} from './process/addresses.js';
export { createSubgraphContext, isDevelopment } from './process/createSubgraphContext.js';
export type { Dependency } from './process/dependency.js';
export { fetchJwks } from './process/fetchJwks.js';
export { findOnPath } from './process/findOnPath.js';
export { onStopSignal } from './process/onStopSignal.js';
export { openPorts, type Ports } from './process/openPorts.js';
export { noteProblem } from './process/readProcessSettings.js';
export {
  runProcess,
  type PreparedProcess,
  type ProcessBase,
  type ProcessOptions,
} from './process/runProcess.js';
export { runningDatabaseUrl } from './process/runningDatabaseUrl.js';
export { waitForDependency } from './process/waitForDependency.js';
