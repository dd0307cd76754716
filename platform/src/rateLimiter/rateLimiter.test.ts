import { describeRateLimiterContract } from '../testing/rateLimiterContract.js';
import { createMemoryRateLimiter } from './rateLimiter.js';

describeRateLimiterContract('in this process', createMemoryRateLimiter);
