// Runs in a thread of its own, started by schemaDrift.ts.
import { answerWith } from '../engineThread.js';
import { NO_FILTER, withSchemaEngine } from '../schemaEngine.js';
import type { DriftJob } from './schemaDrift.js';

answerWith(({ url, schema }: DriftJob) =>
  withSchemaEngine(url, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files: [{ path: 'schema.prisma', content: schema }], configDir: '/' },
      to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: schema }] },
      script: true,
      exitCode: null,
      filters: NO_FILTER,
    });
    return stdout ?? '';
  }),
);
