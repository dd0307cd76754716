import { entryFields } from './entryFields.js';
import { joinWaitroom } from './joinWaitroom.js';
import { leaveWaitroom } from './leaveWaitroom.js';
import { configureWaitroom, openWaitroom, pauseWaitroom, resumeWaitroom } from './operateWaitroom.js';
import { queuePosition } from './queuePosition.js';
import { waitroomEntry } from './waitroomEntry.js';
import { drawFields, eventFields, operationFields, waitroomFields } from './waitroomFields.js';

/** The waiting room's resolvers. */
export const resolvers = {
  Query: { waitroomEntry },
  Mutation: { joinWaitroom, leaveWaitroom, openWaitroom, pauseWaitroom, resumeWaitroom, configureWaitroom },
  Subscription: { queuePosition },
  Event: eventFields,
  Waitroom: waitroomFields,
  WaitroomDraw: drawFields,
  WaitroomOperation: operationFields,
  WaitroomEntry: entryFields,
};
