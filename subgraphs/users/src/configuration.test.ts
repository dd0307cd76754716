import { Environment } from '@foyer/platform';
import { readConfiguration } from './configuration.js';

describe('readConfiguration', () => {
  it('has the defaults of the specification', () => {
    expect(readConfiguration(new Environment({}), false)).toMatchObject({
      accessTokenSeconds: 600,
      refreshTokenMs: 30 * 86_400_000,
      refreshGraceMs: 30_000,
      lock: { failures: 5, lockMs: 900_000 },
      passwordCost: { memoryKib: 65_536, passes: 3 },
      firstAdministrator: null,
    });
  });

  it('refuses cheap hashes outside of development', () => {
    const environment = new Environment({ USERS_ARGON2_MEMORY_KIB: '64' });
    expect(() => readConfiguration(environment, false)).toThrow('USERS_ARGON2_MEMORY_KIB=64');
    expect(readConfiguration(environment, true).passwordCost.memoryKib).toBe(64);
  });

  it('wants email and password of the first administrator together', () => {
    expect(() => readConfiguration(new Environment({ FOYER_ADMIN_EMAIL: 'a@b.vn' }), true)).toThrow(
      'belong together',
    );
  });
});
