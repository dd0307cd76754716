export { describeCacheContract } from './cacheContract.js';
export { findChromium } from './findChromium.js';
export { requireEngine } from './engines.js';
export { createTestKeyring } from './createTestKeyring.js';
export {
  createTestPlatform,
  guest,
  ordersService,
  person,
  type TestPlatform,
  type TestPlatformOptions,
  type TestResult,
} from './createTestPlatform.js';
export { certificatesAvailable, makeCertificates, type Certificates } from './makeCertificates.js';
export { spawnProgram, type Program } from './spawnProgram.js';
export { describePubSubContract } from './pubSubContract.js';
export { describeRateLimiterContract } from './rateLimiterContract.js';
export { waitUntil } from './waitUntil.js';
export { startWithWrong, WRONG_EVERYWHERE } from './wrongVariables.js';
export { countStatements } from './countStatements.js';
export { watchStatements, type StatementWatch } from './watchStatements.js';
