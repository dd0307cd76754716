import { createSealer } from '../crypto/sealer.js';
import { CURRENCIES, ONCE_TOLD_OTHERWISE, WITHDRAWN_CURRENCIES } from './currencies.js';
import { currencyExponent, formatMoney, isCurrency, shareOf } from './money.js';
import { isId, newId } from './newId.js';
import { defineStateMachine } from './stateMachine.js';

describe('money', () => {
  it('knows the digits of a currency, and what is none', () => {
    expect(['USD', 'VND', 'KWD', 'XXY', 'usd', ''].map(currencyExponent)).toEqual([
      2,
      0,
      3,
      null,
      null,
      null,
    ]);
  });

  it('knows ISO 4217 whatever the runtime says', () => {
    expect(['HUF', 'IDR', 'COP', 'PKR', 'RSD', 'IQD', 'UYW', 'XAU', 'BGN'].map(currencyExponent)).toEqual([
      2,
      2,
      2,
      2,
      2,
      3,
      4,
      null,
      2,
    ]);
    expect(['EUR', 'BGN', 'XAU', 'constructor'].map(isCurrency)).toEqual([true, false, false, false]);
    expect(formatMoney({ amount: 1_250_050, currency: 'HUF' })).toBe('12,500.50 HUF');
    expect([...CURRENCIES].every(([code, digits]) => /^[A-Z]{3}$/.test(code) && digits <= 4)).toBe(true);
    expect(CURRENCIES.size).toBe(165);
    expect([...WITHDRAWN_CURRENCIES.keys()].filter((code) => CURRENCIES.has(code))).toEqual([]);
  });

  it('names every currency whose digits this runtime tells otherwise', () => {
    const digitsOf = (currency: string) =>
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
    const known = new Set(Intl.supportedValuesOf('currency'));
    const otherwise = [...CURRENCIES].filter(
      ([code, digits]) => known.has(code) && digitsOf(code) !== digits,
    );
    expect(ONCE_TOLD_OTHERWISE).toEqual(expect.arrayContaining(otherwise.map(([code]) => code)));
  });

  it('rounds a share half up, exactly, also where floating point would not', () => {
    expect(shareOf(1050, 700)).toBe(74); // 73.5
    expect(shareOf(1049, 700)).toBe(73); // 73.43
    expect(shareOf(9_007_199_254_740_991, 700)).toBe(630_503_947_831_869);
    expect(shareOf(0, 700)).toBe(0);
  });

  it('writes amounts as people do', () => {
    expect(formatMoney({ amount: 1250, currency: 'USD' })).toBe('12.50 USD');
    expect(formatMoney({ amount: 250_000, currency: 'VND' })).toBe('250,000 VND');
  });
});

describe('ids', () => {
  it('are UUIDs of version 7, and only UUIDs are ids', () => {
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect([newId(), '1', "'; drop table event; --", ''].map(isId)).toEqual([true, false, false, false]);
  });
});

describe('a state machine', () => {
  it('is refused when a state is unlisted or can not be reached', () => {
    const broken = (transitions: Record<string, string[]>) => () =>
      defineStateMachine({ name: 'test', initial: 'A', transitions });
    expect(broken({ A: ['B'] })).toThrow('the unlisted state B');
    expect(broken({ A: [], B: [] })).toThrow("B can't be reached");
    expect(broken({ A: ['B'], B: ['A'] })).not.toThrow();
  });
});

describe('a sealer', () => {
  const sealer = createSealer('x'.repeat(32));

  it('opens what it sealed, for the same purpose only', () => {
    const sealed = sealer.seal('mail', 'geheim ☂');
    expect(sealed).not.toContain('geheim');
    expect(sealer.open('mail', sealed)).toBe('geheim ☂');
    expect(() => sealer.open('key', sealed)).toThrow();
    expect(() => createSealer('y'.repeat(32)).open('mail', sealed)).toThrow();
  });

  it('notices a changed text', () => {
    const sealed = Buffer.from(sealer.seal('mail', 'text'), 'base64url');
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
    expect(() => sealer.open('mail', sealed.toString('base64url'))).toThrow();
  });
});
