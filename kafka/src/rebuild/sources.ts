import { invariant, type SubgraphName } from '@foyer/platform';
import type { Pool } from 'pg';
import { findArchiveGaps } from '../archive/findArchiveGaps.js';
import { topicOwner } from '../event/topics.js';
import type { Projection } from './projection.js';
import { archiveLacks } from './rebuildError.js';

/** A publisher's part in a projection. */
export interface Source {
  readonly owner: SubgraphName;
  /** Connections to its database. */
  readonly pool: Pool;
  /** Types of its events that the projection is made of, and of what they are about. */
  readonly types: readonly string[];
  readonly aggregateTypes: readonly string[];
}

/** Opens the databases of those who publish what a projection is made of. */
export async function openSources(
  projection: Projection,
  open: (owner: SubgraphName) => Promise<Pool>,
): Promise<readonly Source[]> {
  const definitions = projection.handlers().map(({ definition }) => definition);
  const owners = [...new Set(definitions.map(({ topic }) => topicOwner(topic)))];
  return await Promise.all(
    owners.map(async (owner) => {
      invariant(owner !== null, `nobody publishes what ${projection.name} is made of`);
      const ofOwner = definitions.filter(({ topic }) => topicOwner(topic) === owner);
      return {
        owner,
        pool: await open(owner),
        types: [...new Set(ofOwner.map(({ type }) => type))],
        aggregateTypes: [...new Set(ofOwner.map(({ aggregateType }) => aggregateType))],
      };
    }),
  );
}

/** @throws RebuildError when an archive does not have every event of what the projection is about. */
export async function refuseGaps(sources: readonly Source[]): Promise<void> {
  for (const { owner, pool, aggregateTypes } of sources) {
    const gaps = await findArchiveGaps(pool, aggregateTypes);
    if (gaps !== null) throw archiveLacks(owner, gaps.example, gaps.aggregates);
  }
}
