import { startTestSystem } from '../harness/startTestSystem.js';
import { describeTicketPurchase } from './suites/ticketPurchase.js';

describeTicketPurchase(startTestSystem);
