import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { isTls, securityHeaders } from './securityHeaders.js';

test('a port with TLS asks browsers for nothing else from now on', () => {
  expect(isTls(createTlsServer({}))).toBe(true);
  expect(isTls(createServer())).toBe(false);
  expect(securityHeaders(true)['strict-transport-security']).toBe('max-age=63072000');
  expect(securityHeaders(false)).not.toHaveProperty('strict-transport-security');
});
