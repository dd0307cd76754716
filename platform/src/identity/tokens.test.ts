import { createHmac, generateKeyPairSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { ManualClock } from '../clock/clock.js';
import { createTestKeyring } from '../testing/createTestKeyring.js';
import { createKeySet } from './keySet.js';
import { ACCESS_TOKEN, ADMISSION_TOKEN, identityToken, TICKET_TOKEN } from './tokenKinds.js';
import { createTokenSigner, createTokenVerifier, TokenRejected, type TokenKind } from './tokens.js';

const clock = new ManualClock();
const keyring = createTestKeyring('access');
const keys = createKeySet(() => keyring.jwks(), clock);
const verifier = createTokenVerifier(ACCESS_TOKEN, keys, clock);
const sign = (kind: TokenKind = ACCESS_TOKEN, lifetime = 600) =>
  createTokenSigner(kind, keyring, clock).sign({ sub: 'somebody' }, lifetime);

const faultOf = (token: string): Promise<string> =>
  verifier.verify(token).then(
    () => 'accepted',
    (error: unknown) => (error instanceof TokenRejected ? error.fault : `threw ${String(error)}`),
  );

describe('a token verifier', () => {
  it('takes a living token of its kind, again and again', async () => {
    const token = await sign();
    expect((await verifier.verify(token)).sub).toBe('somebody');
    expect((await verifier.verify(token)).sub).toBe('somebody');
  });

  it('refuses a token at the second of its expiry, also one that it has verified before', async () => {
    const token = await sign(ACCESS_TOKEN, 600);
    const fresh = await sign(ACCESS_TOKEN, 600);
    expect(await faultOf(token)).toBe('accepted');
    clock.advance(600_000);
    expect(await faultOf(token)).toBe('EXPIRED');
    expect(await faultOf(fresh)).toBe('EXPIRED');
  });

  it.each([
    ['admission', ADMISSION_TOKEN],
    ['ticket', TICKET_TOKEN],
    ['identity', identityToken('gateway', 'orders')],
    ['another issuer', { ...ACCESS_TOKEN, issuer: 'foyer:orders' }],
    ['another audience', { ...ACCESS_TOKEN, audience: 'foyer:door' }],
    ['another type', { ...ACCESS_TOKEN, type: 'JWT' }],
  ])('refuses one kind used as another, even with the right key: %s', async (_, kind) => {
    expect(await faultOf(await sign(kind))).toBe('INVALID');
  });

  it('refuses another key under the same id', async () => {
    const { kid } = await keyring.signingKey();
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const header = { alg: 'ES256' as const, typ: ACCESS_TOKEN.type, kid };
    const claims = { sub: 'x', iss: ACCESS_TOKEN.issuer, aud: ACCESS_TOKEN.audience, exp: 4e9 };
    expect(await faultOf(jwt.sign(claims, privateKey, { algorithm: 'ES256', header }))).toBe('INVALID');
  });

  it('refuses other algorithms: none, and HMAC with the public key as its secret', async () => {
    const { kid } = await keyring.signingKey();
    const jwk = (await keyring.jwks()).keys[0];
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = encode({ sub: 'x', iss: ACCESS_TOKEN.issuer, aud: ACCESS_TOKEN.audience, exp: 4e9 });
    const none = `${encode({ alg: 'none', typ: ACCESS_TOKEN.type, kid })}.${claims}.`;
    const body = `${encode({ alg: 'HS256', typ: ACCESS_TOKEN.type, kid })}.${claims}`;
    const hmac = `${body}.${createHmac('sha256', JSON.stringify(jwk)).update(body).digest('base64url')}`;
    expect(await faultOf(none)).toBe('INVALID');
    expect(await faultOf(hmac)).toBe('INVALID');
  });

  it('refuses an unknown key, an altered token, and what is no token', async () => {
    const token = await sign();
    const [header, , signature] = token.split('.');
    const altered = `${header}.${Buffer.from('{"sub":"admin"}').toString('base64url')}.${signature}`;
    const stranger = await createTokenSigner(ACCESS_TOKEN, createTestKeyring('access'), clock).sign({}, 600);
    for (const wrong of [altered, stranger, '', 'a.b.c', 'x'.repeat(10_000)])
      expect(await faultOf(wrong)).toBe('INVALID');
  });

  it('refuses a token without expiry', async () => {
    const { kid, privateKey } = await keyring.signingKey();
    const header = { alg: 'ES256' as const, typ: ACCESS_TOKEN.type, kid };
    const claims = { sub: 'x', iss: ACCESS_TOKEN.issuer, aud: ACCESS_TOKEN.audience };
    expect(await faultOf(jwt.sign(claims, privateKey, { algorithm: 'ES256', header }))).toBe('INVALID');
  });
});

describe('a key set', () => {
  it('learns of a rotated key at its first token, and asks at most once a minute for keys that nobody has', async () => {
    const ring = createTestKeyring('access');
    const time = new ManualClock();
    let fetches = 0;
    const set = createKeySet(() => {
      fetches += 1;
      return ring.jwks();
    }, time);
    const first = (await ring.signingKey()).kid;
    expect(await set.find(first)).not.toBeNull();
    for (let attempt = 0; attempt < 50; attempt += 1) expect(await set.find(`made-up-${attempt}`)).toBeNull();
    expect(fetches).toBe(1);
    const second = await ring.rotate();
    time.advance(61_000);
    expect(await set.find(second)).not.toBeNull();
    expect(fetches).toBe(2);
  });

  it('keeps what it knows while the issuer does not answer', async () => {
    const ring = createTestKeyring('access');
    const time = new ManualClock();
    let down = false;
    const set = createKeySet(() => (down ? Promise.reject(new Error('down')) : ring.jwks()), time);
    const { kid } = await ring.signingKey();
    await set.find(kid);
    down = true;
    time.advance(3_600_000);
    expect(await set.find(kid)).not.toBeNull();
  });

  it('asks again at once after a first fetch that failed', async () => {
    const ring = createTestKeyring('access');
    let down = true;
    const set = createKeySet(() => (down ? Promise.reject(new Error('down')) : ring.jwks()), clock);
    const { kid } = await ring.signingKey();
    await expect(set.find(kid)).rejects.toThrow('down');
    down = false;
    expect(await set.find(kid)).not.toBeNull();
  });

  it('asks again also when the fetch failed before it gave a promise', async () => {
    const ring = createTestKeyring('access');
    let down = true;
    const set = createKeySet(() => {
      if (down) throw new Error('down');
      return ring.jwks();
    }, clock);
    const { kid } = await ring.signingKey();
    await expect(set.find(kid)).rejects.toThrow('down');
    down = false;
    expect(await set.find(kid)).not.toBeNull();
  });
});
