/** A kind of fault. */
export type FaultKind = keyof typeof FAULTS;

/** The kinds as data: what one is done to, for how long, how often beyond the once that every run has. */
export interface FaultShape {
  /** Which part of the system it is drawn from; the index within it too, where there are several. */
  readonly targets: readonly string[];
  /** How long it lasts before the nemesis mends it, in milliseconds; null: the system mends it by itself. */
  readonly lasts: readonly [number, number] | null;
  readonly weight: number;
  /** Operations that must be under way when it hits; all of them by default. */
  readonly during?: readonly OperationName[];
}

/** What people have asked for and not been answered. */
export type OperationName =
  'enter' | 'join' | 'leave' | 'place' | 'pay' | 'retry' | 'cancel' | 'refund' | 'read';

const OUTAGE = [800, 2500] as const;
const WHILE_BUYING = ['place', 'pay', 'retry', 'cancel', 'refund'] as const;

/** Everything that the nemesis does. */
export const FAULTS = {
  'kill gateway': { targets: ['gateway'], lasts: null, weight: 2 },
  'kill users': { targets: ['users'], lasts: null, weight: 1 },
  'kill catalog': { targets: ['catalog'], lasts: null, weight: 1 },
  'kill inventory': { targets: ['inventory'], lasts: null, weight: 2, during: WHILE_BUYING },
  'kill orders': { targets: ['orders'], lasts: null, weight: 3, during: WHILE_BUYING },
  'kill payments': { targets: ['payments'], lasts: null, weight: 2, during: WHILE_BUYING },
  'kill notifications': { targets: ['notifications'], lasts: null, weight: 1 },
  'kill waitroom': { targets: ['waitroom'], lasts: null, weight: 2 },
  'stop kafka': { targets: ['kafka'], lasts: OUTAGE, weight: 1 },
  'kill kafka': { targets: ['kafka'], lasts: OUTAGE, weight: 1 },
  'stop redis': { targets: ['redis'], lasts: OUTAGE, weight: 1 },
  'kill redis': { targets: ['redis'], lasts: OUTAGE, weight: 1 },
  'empty redis': { targets: ['redis'], lasts: null, weight: 1 },
  'stop postgres': { targets: ['postgres'], lasts: OUTAGE, weight: 1, during: WHILE_BUYING },
  'kill postgres': { targets: ['postgres'], lasts: OUTAGE, weight: 1, during: WHILE_BUYING },
  'duplicate messages': { targets: ['kafka'], lasts: null, weight: 2 },
  'delay messages': {
    targets: ['kafka', 'orders', 'inventory', 'payments', 'waitroom'],
    lasts: [1500, 4000],
    weight: 2,
  },
  'duplicate webhooks': { targets: ['webhooks'], lasts: [6000, 10_000], weight: 1 },
  'delay webhooks': { targets: ['webhooks'], lasts: [6000, 10_000], weight: 1 },
  'lose webhooks': { targets: ['webhooks'], lasts: [4000, 8000], weight: 1 },
  'skew clock': {
    targets: ['gateway', 'inventory', 'orders', 'payments', 'waitroom', 'users'],
    lasts: [5000, 10_000],
    weight: 2,
  },
  'poison message': { targets: ['kafka'], lasts: null, weight: 0 },
} as const satisfies Readonly<Record<string, FaultShape>>;
