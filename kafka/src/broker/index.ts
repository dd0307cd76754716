export { brokerAvailable, whyNoBroker } from './brokerAvailable.js';
export type { BrokerSettings } from './brokerSettings.js';
export { fetchBroker } from './fetchBroker.js';
export { startBroker, type Broker, type BrokerOptions } from './startBroker.js';
