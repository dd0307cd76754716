import { Kafka, logLevel, PartitionAssigners, type Cluster } from 'kafkajs';

/** What kafkajs' types do not tell of a broker. */
interface Coordinator {
  leaveGroup(member: { readonly groupId: string; readonly memberId: string }): Promise<unknown>;
}

/**
 * Has a group's only member leave it behind its back, as a broker does with one that it has not heard of for long.
 * Resolves when it is out.
 */
export async function expelMember(brokers: string, groupId: string): Promise<void> {
  const kafka = new Kafka({ brokers: [brokers], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const { groups } = await admin.describeGroups([groupId]);
  await admin.disconnect();
  const memberId = groups[0]?.members[0]?.memberId ?? '';
  const clusters: Cluster[] = [];
  const consumer = kafka.consumer({
    groupId: `${groupId}.expel`,
    partitionAssigners: [
      (config) => {
        clusters.push(config.cluster);
        return PartitionAssigners.roundRobin(config);
      },
    ],
  });
  await consumer.connect();
  const coordinator = (await clusters[0]?.findGroupCoordinator({ groupId })) as unknown as Coordinator;
  await coordinator.leaveGroup({ groupId, memberId });
  await consumer.disconnect();
}
