import type { Subgraph } from '@foyer/platform';

/** A request on its way that is kept until it is let through. */
export interface HeldRequest {
  /** Resolves when it has come. */
  readonly arrived: Promise<void>;
  /** Lets it through. */
  open(): void;
}

/** Forces an order of requests that would otherwise be rare. */
export interface Gate {
  /** The subgraph with the gate before it. */
  before(subgraph: Subgraph): Subgraph;
  /** A request comes to the gate. @returns resolves when it may go on. */
  pass(text: string): Promise<void>;
  /** Keeps the next request with this in its text. */
  hold(text: string): HeldRequest;
}

interface Held {
  readonly text: string;
  readonly arrive: () => void;
  readonly opened: Promise<void>;
}

/** Makes a gate that lets everything through until told otherwise. */
export function createGate(): Gate {
  let next: Held | null = null;
  const pass = async (text: string): Promise<void> => {
    const held = next;
    if (!held || !text.includes(held.text)) return;
    next = null;
    held.arrive();
    await held.opened;
  };
  return {
    pass,
    before: (subgraph) => ({
      ...subgraph,
      transport: {
        ...subgraph.transport,
        async execute(request) {
          await pass(request.query);
          return subgraph.transport.execute(request);
        },
      },
    }),
    hold(text) {
      let open: () => void = () => undefined;
      const opened = new Promise<void>((resolve) => {
        open = resolve;
      });
      const arrived = new Promise<void>((resolve) => {
        next = { text, arrive: resolve, opened };
      });
      return { arrived, open };
    },
  };
}
