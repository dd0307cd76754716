import { startTestSystem } from '../harness/startTestSystem.js';
import { describeBrowser } from './suites/browser.js';

describeBrowser(startTestSystem);
