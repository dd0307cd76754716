export { createTestBus, type TestBus } from './createTestBus.js';
export { publishAndSettle, settle } from './publishAndSettle.js';
export { testEvent, type TestEvent } from './testEvent.js';
