import { startAll, type Component } from './component.js';

function setUp(failing: Readonly<Record<string, 'start' | 'stop'>> = {}) {
  const log: string[] = [];
  const component = (name: string): Component => {
    const step = (kind: 'start' | 'stop') => async () => {
      await Promise.resolve();
      log.push(`${kind} ${name}`);
      if (failing[name] === kind) throw new Error(`${name} does not ${kind}`);
    };
    return { name, start: step('start'), stop: step('stop') };
  };
  return { log, components: ['a', 'b', 'c'].map(component) };
}

describe('components', () => {
  it('start in order and stop in reverse', async () => {
    const { log, components } = setUp();
    const stop = await startAll(components);
    await stop();
    expect(log).toEqual(['start a', 'start b', 'start c', 'stop c', 'stop b', 'stop a']);
  });

  it('that fail to start are stopped, with those before them; those behind never start', async () => {
    const { log, components } = setUp({ b: 'start' });
    await expect(startAll(components)).rejects.toThrow('b does not start');
    expect(log).toEqual(['start a', 'start b', 'stop b', 'stop a']);
  });

  it('that fail to stop keep none of the others running', async () => {
    const { log, components } = setUp({ b: 'stop' });
    const stop = await startAll(components);
    await expect(stop()).rejects.toThrow('did not stop cleanly');
    expect(log.slice(3)).toEqual(['stop c', 'stop b', 'stop a']);
  });
});
