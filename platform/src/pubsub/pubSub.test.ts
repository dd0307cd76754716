import { describePubSubContract } from '../testing/pubSubContract.js';
import { createMemoryPubSub } from './pubSub.js';

describePubSubContract('in this process', () => {
  const pubsub = createMemoryPubSub();
  return [pubsub, pubsub];
});
