export { createTestDatabase, TEST_POSTGRES_URL, type TestDatabase } from './createTestDatabase.js';
