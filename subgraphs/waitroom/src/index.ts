export { checkWaitroomLog, type PersonalLogRow } from './domain/checkWaitroomLog.js';
export { drawOrder, entriesHash, seedHash } from './domain/draw.js';
export { readPersonalLog } from './store/readLog.js';
export { createWaitroom, type WaitroomOptions } from './subgraph.js';
