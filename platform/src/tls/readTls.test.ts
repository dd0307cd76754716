import { ConfigurationError, Environment } from '../config/environment.js';
import { urlsOf } from '../process/addresses.js';
import { requireEngine } from '../testing/engines.js';
import { certificatesAvailable, makeCertificates, type Certificates } from '../testing/makeCertificates.js';
import { readTls } from './readTls.js';
import { forEverybody } from './serverTls.js';

test('without variables a process serves and asks plainly', () => {
  expect(readTls(new Environment({}))).toEqual({ server: null, client: {} });
  expect(forEverybody(null)).toBeNull();
});

requireEngine('openssl', certificatesAvailable())('TLS of a process', () => {
  let files: Certificates;
  beforeAll(async () => {
    files = await makeCertificates();
  });
  afterAll(() => files.remove());

  const tls = (variables: Readonly<Record<string, string>>) => readTls(new Environment(variables));
  const own = () => ({ FOYER_TLS_CERT: files.cert, FOYER_TLS_KEY: files.key });

  test('is for serving and for asking; certificates are demanded where it says so', () => {
    const { server, client } = tls({ ...own(), FOYER_TLS_CA: files.ca, FOYER_TLS_CLIENT_AUTH: 'true' });
    expect(server).toMatchObject({ requestCert: true, rejectUnauthorized: false });
    expect(Object.keys(client).sort()).toEqual(['ca', 'cert', 'key']);
    expect(forEverybody(server)).toMatchObject({ requestCert: false });
    expect(tls(own()).server).toMatchObject({ requestCert: false });
    expect(urlsOf(new Environment(own()), 'orders')).toEqual(['https://127.0.0.1:4004']);
  });

  test('may be for asking alone', () => {
    expect(tls({ FOYER_TLS_CA: files.ca })).toMatchObject({
      server: null,
      client: { ca: expect.any(String) },
    });
  });

  test.each<[string, RegExp, () => Readonly<Record<string, string>>]>([
    [
      'a certificate without its key',
      /^FOYER_TLS_CERT and FOYER_TLS_KEY/,
      () => ({ FOYER_TLS_CERT: files.cert }),
    ],
    [
      'a key of another certificate',
      /can’t be used together/,
      () => ({ ...own(), FOYER_TLS_CERT: files.ca }),
    ],
    [
      'a file that is not there',
      /^FOYER_TLS_CA=\/nowhere: can’t be read/,
      () => ({ FOYER_TLS_CA: '/nowhere' }),
    ],
    ['a file that is no PEM', /^FOYER_TLS_CA=.*is no PEM/, () => ({ FOYER_TLS_CA: __filename })],
    [
      'demanding without an authority',
      /^FOYER_TLS_CLIENT_AUTH=true needs/,
      () => ({ ...own(), FOYER_TLS_CLIENT_AUTH: 'true' }),
    ],
    ['what is neither true nor false', /^FOYER_TLS_CLIENT_AUTH=1/, () => ({ FOYER_TLS_CLIENT_AUTH: '1' })],
  ])('refuses %s', (_, message, variables) => {
    expect(() => tls(variables())).toThrow(ConfigurationError);
    expect(() => tls(variables())).toThrow(message);
  });
});
