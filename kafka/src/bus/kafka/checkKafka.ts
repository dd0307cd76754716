import type { Log } from '@foyer/platform';
import { createKafkaClient } from './createKafkaClient.js';
import { wrongKafkaConfiguration } from './describeKafkaError.js';
import type { KafkaSettings } from './kafkaSettings.js';

/**
 * Resolves when a broker lets us in and answers.
 *
 * @throws ConfigurationError when it turns us away; what is wrong otherwise.
 */
export async function checkKafka(settings: KafkaSettings, log: Log): Promise<void> {
  const admin = createKafkaClient(settings, log, 0).admin();
  try {
    await admin.connect();
    await admin.describeCluster();
  } catch (error) {
    throw wrongKafkaConfiguration(error, settings.brokers.join(', ')) ?? error;
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
