import { startTestSystem } from '../harness/startTestSystem.js';
import { describeGraphqlLimits } from './suites/graphqlLimits.js';

describeGraphqlLimits(startTestSystem);
