import { removeSecrets } from './removeSecrets.js';

test('secrets are replaced at every depth, amounts are numbers, long texts are cut', () => {
  const cleaned = removeSecrets({
    apiKey: 'k',
    headers: [{ Authorization: 'Bearer x', 'Sandbox-Signature': 't=1' }],
    cardNumber: 4242,
    amount: 500n,
    text: 'y'.repeat(3000),
    reference: 'r',
  });
  expect(cleaned).toEqual({
    apiKey: '[removed]',
    headers: [{ Authorization: '[removed]', 'Sandbox-Signature': '[removed]' }],
    cardNumber: '[removed]',
    amount: 500,
    text: `${'y'.repeat(2000)}…`,
    reference: 'r',
  });
  expect(removeSecrets(undefined)).toBeNull();
});
