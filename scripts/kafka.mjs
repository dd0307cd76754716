// `npm run kafka`: fetches Apache Kafka and runs one node of it until Ctrl-C, with its data in `.foyer/kafka`; needs
// Java and Maven. `npm run kafka -- --port 9192` listens elsewhere than on 9092.
import { requireNodeVersion } from './nodeVersion.mjs';

requireNodeVersion();
// Loaded later, so that an old Node gets to say its message before it meets syntax that it does not know.
import('./runBroker.mjs').then(({ runBroker }) => runBroker());
