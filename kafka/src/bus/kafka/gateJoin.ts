import { type PartitionAssigner, PartitionAssigners } from 'kafkajs';

/**
 * Deals partitions out in turn, as kafkajs does, and lets its consumer join the group, again too, only after
 * `beforeJoin` has resolved.
 *
 * kafkajs tells nobody that partitions are about to be given up: it rejoins as soon as the group is rebalancing, and
 * what is in hand then would be with two members at once. What it does first of all, to join, is to look for the
 * group's coordinator, through an object that it gives to assigners.
 */
export function gateJoin(beforeJoin: () => Promise<void>): PartitionAssigner {
  return (config) => {
    const { cluster } = config;
    const find = cluster.findGroupCoordinator.bind(cluster);
    cluster.findGroupCoordinator = async (group) => {
      await beforeJoin();
      return await find(group);
    };
    return PartitionAssigners.roundRobin(config);
  };
}
