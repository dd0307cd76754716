import { startCountingProxy } from '../harness/countingProxy.js';
import { createRemoteSubgraph } from '../harness/remoteSubgraph.js';
import { startTestSystem } from '../harness/startTestSystem.js';
import { subgraphAt } from '../harness/subgraphAt.js';
import { describeSharedUpstream } from './suites/sharedUpstream.js';

describeSharedUpstream(async (overrides) => {
  const stops: (() => Promise<void>)[] = [];
  let upstream = null;
  const system = await startTestSystem(overrides, {
    async factories(variables) {
      const waitroom = await createRemoteSubgraph({ name: 'waitroom', variables, processes: 1 });
      stops.push(() => waitroom.kill());
      await waitroom.start();
      const proxy = await startCountingProxy(() => waitroom.urls[0] ?? '');
      stops.push(() => proxy.close());
      upstream = proxy;
      return {
        waitroom: ({ context }) => Promise.resolve(subgraphAt('waitroom', [proxy.url], context.environment)),
      };
    },
  });
  if (upstream === null) throw new Error('the waiting room was not made');
  return {
    ...system,
    upstream,
    async stop() {
      await system.stop();
      for (const stop of stops.reverse()) await stop();
    },
  };
});
