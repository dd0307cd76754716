import type { IncomingMessage } from 'node:http';
import { allowedOrigins } from './allowedOrigins.js';
import { clientAddress } from './clientAddress.js';
import { requestId } from './requestId.js';

describe('clientAddress', () => {
  const from = (peer: string, forwarded?: string): IncomingMessage =>
    ({
      socket: { remoteAddress: peer },
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    }) as unknown as IncomingMessage;

  test('believes the socket when no proxy is ours', () => {
    expect(clientAddress(from('10.0.0.1', '1.2.3.4'), 0)).toBe('10.0.0.1');
  });

  test('believes as many hops as there are proxies of ours, from the end', () => {
    expect(clientAddress(from('10.0.0.1', '6.6.6.6, 1.2.3.4'), 1)).toBe('1.2.3.4');
    expect(clientAddress(from('10.0.0.1', '6.6.6.6, 1.2.3.4, 10.0.0.2'), 2)).toBe('1.2.3.4');
    expect(clientAddress(from('10.0.0.1', '1.2.3.4'), 2)).toBe('1.2.3.4');
    expect(clientAddress(from('10.0.0.1'), 1)).toBe('10.0.0.1');
  });
});

describe('allowedOrigins', () => {
  test('lets in what is configured, in development this machine and Studio too', () => {
    const open = allowedOrigins(['https://shop.example'], true);
    const closed = allowedOrigins(['https://shop.example'], false);
    const cases: readonly (readonly [string, boolean, boolean])[] = [
      ['https://shop.example', true, true],
      ['https://studio.apollographql.com', true, false],
      ['http://localhost:5173', true, false],
      ['http://127.0.0.1', true, false],
      ['http://localhost.evil.example', false, false],
      ['https://shop.example.evil', false, false],
      ['null', false, false],
    ];
    for (const [origin, inDevelopment, otherwise] of cases) {
      expect([origin, open(origin), closed(origin)]).toEqual([origin, inDevelopment, otherwise]);
    }
  });
});

describe('requestId', () => {
  test('keeps a harmless one and replaces every other', () => {
    expect(requestId('abc-12345')).toBe('abc-12345');
    for (const bad of [undefined, '', 'short', 'with space', 'new\nline12', 'x'.repeat(129), ['a', 'b']]) {
      expect(requestId(bad)).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});
