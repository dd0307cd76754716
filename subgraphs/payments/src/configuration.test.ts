import { Environment } from '@foyer/platform';
import { readConfiguration } from './configuration.js';

const read = (variables: Record<string, string>, development = true) =>
  readConfiguration(new Environment(variables), development);

describe('readConfiguration', () => {
  test('has defaults', () => {
    expect(read({})).toEqual({
      closeBeforeHoldSeconds: 60,
      attentionMs: 1000,
      reconcileMs: 20_000,
      providerTimeoutMs: 10_000,
      sandbox: { enabled: true, webhookSecret: null, webhookUrl: null, refundMs: 1000 },
    });
  });

  test('has SANDBOX in production only where somebody wants it', () => {
    expect(read({}, false).sandbox.enabled).toBe(false);
    expect(read({ PAYMENTS_SANDBOX: 'true' }, false).sandbox.enabled).toBe(true);
  });

  test.each([
    ['PAYMENTS_CLOSE_BEFORE_HOLD_SECONDS', '-1'],
    ['PAYMENTS_SANDBOX', 'yes'],
    ['PAYMENTS_SANDBOX_WEBHOOK_URL', '/webhooks'],
  ])('names what can not be used: %s', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(`${name}=${value}`);
  });
});
