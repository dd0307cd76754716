import { startTestSystem } from '../harness/startTestSystem.js';
import { describeUnhappyPurchases } from './suites/unhappy.js';

describeUnhappyPurchases(startTestSystem);
