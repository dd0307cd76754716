describe('options of npm start', () => {
  let checkStartOptions;

  beforeAll(async () => {
    ({ checkStartOptions } = await import('./startOptions.mjs'));
  });

  test('the known ones pass', () => {
    expect(() => checkStartOptions([])).not.toThrow();
    expect(() => checkStartOptions(['--fresh'])).not.toThrow();
  });

  test.each(['--frehs', 'fresh', '--Fresh', '--fresh=true', 'toString'])('%s is refused', (option) => {
    expect(() => checkStartOptions(['--fresh', option])).toThrow(
      `There is no option ${option}. There is:\n  --fresh  begins anew`,
    );
  });
});
