import { invariant } from '../assert/invariant.js';

/** A state machine as data: for every state the states that may follow it. */
export interface StateMachine<State extends string> {
  readonly name: string;
  readonly initial: State;
  readonly transitions: Readonly<Record<State, readonly State[]>>;
  /** Whether `from` may become `to`. */
  allows(from: State, to: State): boolean;
  /** Whether nothing follows the state. */
  isFinal(state: State): boolean;
}

/**
 * Defines a state machine and checks its graph: every named state is listed, and can be reached from the initial one.
 * @throws InvariantViolation at start-up when the graph is broken.
 */
export function defineStateMachine<State extends string>(definition: {
  readonly name: string;
  readonly initial: State;
  readonly transitions: Readonly<Record<State, readonly State[]>>;
}): StateMachine<State> {
  const { name, initial, transitions } = definition;
  const states = Object.keys(transitions) as State[];
  const reached = new Set<State>([initial]);
  for (const state of reached) {
    for (const next of transitions[state]) {
      invariant(states.includes(next), `${name}: ${state} leads to the unlisted state ${next}`);
      reached.add(next);
    }
  }
  for (const state of states) invariant(reached.has(state), `${name}: ${state} can't be reached`);
  return {
    ...definition,
    allows: (from, to) => transitions[from].includes(to),
    isFinal: (state) => transitions[state].length === 0,
  };
}
