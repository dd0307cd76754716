import { ConfigurationError, Environment } from './environment.js';

const environment = new Environment({
  TEXT: ' value ',
  EMPTY: ' ',
  NUMBER: '12',
  WORD: 'twelve',
  FLAG: 'yes',
  CHOICE: 'blue',
  URL: 'https://example.org/',
  NO_URL: 'example',
});

describe('the environment', () => {
  it('trims, and takes what is empty for absent', () => {
    expect(environment.text('TEXT')).toBe('value');
    expect(environment.optional('EMPTY')).toBeUndefined();
    expect(environment.text('EMPTY', 'default')).toBe('default');
    expect(environment.integer('ABSENT', 3)).toBe(3);
    expect(environment.flag('ABSENT', true)).toBe(true);
    expect(environment.url('URL')).toBe('https://example.org');
  });

  it.each<[string, () => unknown]>([
    ['ABSENT', () => environment.text('ABSENT')],
    ['WORD', () => environment.integer('WORD', 1)],
    ['NUMBER', () => environment.integer('NUMBER', 1, { maximum: 11 })],
    ['NUMBER', () => environment.integer('NUMBER', 1, { minimum: 13 })],
    ['FLAG', () => environment.flag('FLAG', true)],
    ['CHOICE', () => environment.choice('CHOICE', ['red', 'green'], 'red')],
    ['NO_URL', () => environment.url('NO_URL')],
  ])('names the variable that is wrong: %s', (name, read) => {
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(name);
  });
});
