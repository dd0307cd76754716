/** Names and values as in Kafka's server.properties. */
export type BrokerSettings = Readonly<Record<string, string | number | boolean>>;

/**
 * One node that is broker and controller, for a developer's machine: few threads, little memory, reached over
 * 127.0.0.1 only. Topics are made by who uses them, with the partitions that they need.
 *
 * @param port of clients
 * @param controllerPort of the node's talk with itself
 * @param dataFolder of logs and metadata
 */
export function brokerSettings(port: number, controllerPort: number, dataFolder: string): BrokerSettings {
  return {
    'process.roles': 'broker,controller',
    'node.id': 1,
    listeners: `CLIENT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `CLIENT://127.0.0.1:${port}`,
    'listener.security.protocol.map': 'CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name': 'CLIENT',
    'controller.listener.names': 'CONTROLLER',
    'controller.quorum.bootstrap.servers': `127.0.0.1:${controllerPort}`,
    'log.dirs': dataFolder,
    'auto.create.topics.enable': false,
    'offsets.topic.num.partitions': 8,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.num.partitions': 2,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.num.partitions': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    // A group begins at once, instead of waiting for more members.
    'group.initial.rebalance.delay.ms': 0,
    // There is no other node to hand leadership over to.
    'controlled.shutdown.enable': false,
    // A node that was killed is not let back in before its session is over.
    'broker.session.timeout.ms': 3000,
    'broker.heartbeat.interval.ms': 500,
    'log.index.size.max.bytes': 1_048_576,
    'log.cleaner.dedupe.buffer.size': 4_194_304,
    'num.network.threads': 2,
    'num.io.threads': 4,
    'background.threads': 2,
  };
}

/** As a properties file. */
export function formatSettings(settings: BrokerSettings): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${String(value).replaceAll('\\', '\\\\').replaceAll('\n', '\\\n')}\n`)
    .join('');
}
