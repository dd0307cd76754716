import type { Condition } from './condition.js';

/** Gives the instances in the order in which to try them: each call begins with another. */
export type Rotation<Instance> = () => readonly Instance[];

/**
 * Round-robin over instances. One that is due comes first, so that exactly one request finds out whether it is back; those
 * that rest come last, because trying them is still better than giving up.
 */
export function createRotation<Instance extends { readonly condition: Condition }>(
  instances: readonly Instance[],
): Rotation<Instance> {
  let turn = 0;
  return () => {
    const order = [...instances.slice(turn), ...instances.slice(0, turn)];
    turn = (turn + 1) % instances.length;
    const states = new Map(order.map((each) => [each, each.condition.state()]));
    return (['due', 'well', 'resting'] as const).flatMap((state) =>
      order.filter((each) => states.get(each) === state),
    );
  };
}
