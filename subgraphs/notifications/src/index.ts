export { createNotifications, type NotificationsOptions } from './subgraph.js';
