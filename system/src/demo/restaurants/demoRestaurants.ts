import { AMERICA } from './america.js';
import { ASIA } from './asia.js';
import type { DemoRestaurant } from './demoRestaurant.js';
import { EUROPE } from './europe.js';

/** The demo restaurants. */
export const DEMO_RESTAURANTS: readonly DemoRestaurant[] = [...ASIA, ...EUROPE, ...AMERICA];
