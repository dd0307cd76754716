import type { Admin, Kafka } from 'kafkajs';
import { setTimeout as delay } from 'node:timers/promises';
import { isPassing } from './describeKafkaError.js';

/** While a topic is being created, or leaders change. */
const MOST_TRIES = 8;
const RETRY_PAUSE = 100;

/** Asks Kafka things, over one connection that is made when it is needed. */
export interface AdminAccess {
  /** Runs work with a connected admin; after a failure the next work gets a new one. */
  use<Result>(work: (admin: Admin) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** Access to what topics and groups there are. An admin of kafkajs does not get over a broker that went away. */
export function createAdminAccess(kafka: Kafka): AdminAccess {
  let current: Promise<Admin> | null = null;

  async function connect(): Promise<Admin> {
    const admin = kafka.admin();
    await admin.connect();
    return admin;
  }

  async function drop(connecting: Promise<Admin>): Promise<void> {
    if (current === connecting) current = null;
    await connecting.then((admin) => admin.disconnect()).catch(() => undefined);
  }

  return {
    async use(work) {
      for (let tries = 1; ; tries += 1) {
        const connecting = (current ??= connect());
        try {
          return await work(await connecting);
        } catch (error) {
          await drop(connecting);
          if (tries === MOST_TRIES || !isPassing(error)) throw error;
          await delay(RETRY_PAUSE * tries);
        }
      }
    },
    async close() {
      if (current !== null) await drop(current);
    },
  };
}
