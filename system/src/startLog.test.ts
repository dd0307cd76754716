import { Environment } from '@foyer/platform';
import { startLog } from './startLog.js';

test('a LOG_LEVEL that is none ends the start with one line that names it', () => {
  const said: unknown[] = [];
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(text) > 0);
  const exit = jest.spyOn(process, 'exit').mockImplementation(() => {
    throw new Error('ended');
  });
  expect(() => startLog(new Environment({ LOG_LEVEL: 'loud' }))).toThrow('ended');
  expect(exit).toHaveBeenCalledWith(1);
  expect(said).toEqual(['LOG_LEVEL=loud: must be one of fatal, error, warn, info, debug, trace, silent.\n']);
  write.mockRestore();
  exit.mockRestore();
});

test('the level is the given one, or warn', () => {
  expect(startLog(new Environment({ LOG_LEVEL: 'silent' })).level).toBe('silent');
  expect(startLog(new Environment({})).level).toBe('warn');
});
