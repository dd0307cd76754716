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
export { describePubSubContract } from './pubSubContract.js';
export { describeRateLimiterContract } from './rateLimiterContract.js';
