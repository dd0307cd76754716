import { systemClock } from '../clock/clock.js';
import { createTestKeyring } from '../testing/createTestKeyring.js';
import { guest, person } from '../testing/createTestPlatform.js';
import type { Identity } from './identity.js';
import { createIdentitySigner, createIdentityVerifier } from './identityTokens.js';
import { createKeySet } from './keySet.js';
import { TokenRejected } from './tokens.js';

const gatewayKeys = createTestKeyring('identity');
const ordersKeys = createTestKeyring('identity');
const gateway = createIdentitySigner('gateway', gatewayKeys, systemClock);
const orders = createIdentitySigner('orders', ordersKeys, systemClock);
const verifier = createIdentityVerifier(
  'inventory',
  {
    gateway: createKeySet(() => gatewayKeys.jwks(), systemClock),
    orders: createKeySet(() => ordersKeys.jwks(), systemClock),
  },
  systemClock,
);
const service: Identity = { kind: 'service', service: 'orders' };

describe('identities', () => {
  it.each([
    ['a person', person()],
    ['a guest', guest],
  ])('the gateway vouches for %s', async (_, identity) => {
    expect(await verifier.verify(await gateway.sign(identity, 'inventory'))).toEqual(identity);
  });

  it('a subgraph vouches for itself', async () => {
    expect(await verifier.verify(await orders.sign(service, 'inventory'))).toEqual(service);
  });

  it.each<[string, () => Promise<string>]>([
    ['the gateway can not vouch for a service', () => gateway.sign(service, 'inventory')],
    ['a subgraph can not vouch for a person', () => orders.sign(person(), 'inventory')],
    [
      'a subgraph can not vouch for another',
      () => orders.sign({ kind: 'service', service: 'payments' }, 'inventory'),
    ],
    ['what is shown to one subgraph is worth nothing at another', () => gateway.sign(person(), 'payments')],
    [
      'who is not trusted is not believed',
      () =>
        createIdentitySigner('payments', ordersKeys, systemClock).sign(
          { kind: 'service', service: 'payments' },
          'inventory',
        ),
    ],
    ['what is no token is refused', () => Promise.resolve('not a token')],
  ])('%s', async (_, token) => {
    await expect(verifier.verify(await token())).rejects.toBeInstanceOf(TokenRejected);
  });

  it('are signed once for the same person and subgraph within half a minute', async () => {
    const identity = person();
    expect(await gateway.sign(identity, 'inventory')).toBe(await gateway.sign(identity, 'inventory'));
    expect(await gateway.sign(identity, 'inventory')).not.toBe(await gateway.sign(identity, 'orders'));
  });
});
