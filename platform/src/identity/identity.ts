import type { Permission, Role } from './permissions.js';

/** Names of the subgraphs. */
export const SUBGRAPH_NAMES = [
  'users',
  'catalog',
  'inventory',
  'orders',
  'payments',
  'notifications',
  'waitroom',
] as const;

/** Name of a subgraph. */
export type SubgraphName = (typeof SUBGRAPH_NAMES)[number];

/** Nobody in particular. */
export interface GuestIdentity {
  readonly kind: 'guest';
  /** Address of the client as the gateway saw it; for rate limits. */
  readonly address: string;
  /** Digest of what the client calls itself (`User-Agent`), 22 characters; absent when it is not known. */
  readonly agent?: string;
}

/** A signed-in person. */
export interface UserIdentity {
  readonly kind: 'user';
  readonly userId: string;
  readonly sessionId: string;
  readonly role: Role;
  readonly scopes: readonly Permission[];
  readonly address: string;
  /** As a guest's. */
  readonly agent?: string;
}

/** Another subgraph, calling for itself. */
export interface ServiceIdentity {
  readonly kind: 'service';
  readonly service: SubgraphName;
}

/** Who is asking, as vouched for by the gateway or another subgraph. */
export type Identity = GuestIdentity | UserIdentity | ServiceIdentity;

/** Whether a person holds a platform permission. Guests and services hold none. */
export function hasPermission(identity: Identity, permission: Permission): boolean {
  return identity.kind === 'user' && identity.scopes.includes(permission);
}
