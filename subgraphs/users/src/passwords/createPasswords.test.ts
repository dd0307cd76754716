import { createPasswords } from './createPasswords.js';

const COST = { memoryKib: 64, passes: 1, parallel: 1, queue: 0 };

describe('createPasswords', () => {
  it('hashes with argon2id at the cost, with a salt of its own', async () => {
    const passwords = createPasswords(COST);
    const [one, other] = [await passwords.hash('Quiet-Harbour-71'), await passwords.hash('Quiet-Harbour-71')];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$/);
    expect(one).not.toBe(other);
    expect(await passwords.verify(one, 'Quiet-Harbour-71')).toBe(true);
    expect(await passwords.verify(one, 'quiet-harbour-71')).toBe(false);
  });

  it('verifies nobody, whatever is shown', async () => {
    expect(await createPasswords(COST).verify(null, 'Quiet-Harbour-71')).toBe(false);
  });

  it('verifies a password that another keyboard composes otherwise', async () => {
    const passwords = createPasswords(COST);
    expect(await passwords.verify(await passwords.hash('Đe\u0301p-phố-91'), 'Đ\u00e9p-phố-91')).toBe(true);
  });

  it('refuses when too many wait, so that memory stays bounded', async () => {
    const passwords = createPasswords(COST);
    const first = passwords.hash('Quiet-Harbour-71');
    await expect(passwords.hash('Quiet-Harbour-71')).rejects.toMatchObject({
      refusal: { code: 'RATE_LIMITED' },
    });
    await first;
  });
});
