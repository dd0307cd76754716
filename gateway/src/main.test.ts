import { join } from 'node:path';
import { startWithWrong, WRONG_EVERYWHERE } from '@foyer/platform/testing';

const WRONG = {
  ...WRONG_EVERYWHERE,
  GATEWAY_PORT: '99999',
  GATEWAY_DATABASE_URL: 'gateway',
  GATEWAY_TIMEOUT_MS: '0',
  GATEWAY_TRUSTED_PROXIES: '11',
  GATEWAY_MAX_DEPTH: 'deep',
  GATEWAY_SOCKETS_PER_ADDRESS: '0',
  FOYER_ORIGINS: 'https://shop.example/, shop.example',
  ORDERS_URL: ',',
};

test('a start with wrong values names every variable, and ends', async () => {
  expect(await startWithWrong(join(__dirname, 'main.js'), WRONG)).toEqual({ status: 1, unnamed: [] });
});

test('a supergraph that is not there, or none, is said', async () => {
  for (const file of ['/nowhere.graphql', __filename]) {
    expect(await startWithWrong(join(__dirname, 'main.js'), { GATEWAY_SUPERGRAPH: file })).toEqual({
      status: 1,
      unnamed: [],
    });
  }
});
