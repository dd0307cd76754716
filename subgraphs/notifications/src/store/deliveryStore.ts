import type { Sealer } from '@foyer/platform';
import type { Database } from '@foyer/prisma';
import type { PrismaClient } from '@foyer/prisma/notifications';
import type { Mail } from '../channels/channel.js';
import { MAXIMUM_ATTEMPTS, retryDelay, type DeliveryStatus } from '../domain/delivery.js';
import { databaseNow } from './databaseNow.js';
import { openContent } from './mailContent.js';

/** A delivery as people see it. */
export interface DeliveryView {
  readonly id: string;
  readonly channel: string;
  readonly template: string;
  readonly address: string;
  readonly subject: string;
  readonly status: DeliveryStatus;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly attempts: readonly {
    readonly number: number;
    readonly at: Date;
    readonly failure: string | null;
  }[];
}

/** A delivery that this process is to send now. */
export interface ClaimedDelivery {
  readonly id: string;
  /** Number of this try, from 1. */
  readonly attempt: number;
  readonly mail: Mail;
}

/** Mails with their content, for the development page. */
export interface KeptMail extends Mail {
  readonly id: string;
  readonly createdAt: Date;
}

/** Deliveries in the database. */
export interface DeliveryStore {
  /**
   * Takes deliveries that are due. A process that dies with them leaves them due again a minute later, under the same
   * Message-ID.
   */
  claim(limit: number): Promise<readonly ClaimedDelivery[]>;
  /** Keeps claims for another minute, those of them that have not passed on to another process. */
  renew(claimed: readonly ClaimedDelivery[]): Promise<void>;
  /**
   * Notes what became of a try: sent, to be tried again, or parked after the last. A failure whose claim has passed on is
   * history only: the mail is with whoever has it now.
   */
  settle(delivery: ClaimedDelivery, failure: string | null): Promise<void>;
  ofOrder(orderId: string): Promise<readonly DeliveryView[]>;
  /** The newest 100 of those that were given up. */
  parked(): Promise<readonly DeliveryView[]>;
  /** Queues a parked or withheld delivery again. @returns null when there is none with this id. */
  retry(id: string): Promise<{ readonly retried: boolean; readonly delivery: DeliveryView } | null>;
  /** The newest mails that were not withheld, at most 200; of one recipient when given. */
  mails(to: string | null): Promise<readonly KeptMail[]>;
  /** @returns null when there is none with this id. */
  mail(id: string): Promise<KeptMail | null>;
}

/** How long a claim lasts without being renewed. */
export const CLAIM_SECONDS = 60;

interface ClaimRow {
  readonly id: string;
  readonly attempts: number;
  readonly address: string;
  readonly subject: string;
  readonly message_id: string;
  readonly sealed_content: string;
}

/** The tries of the present round: an operator's retry begins a new one. */
function triesOfRound(attempt: number): number {
  return ((attempt - 1) % MAXIMUM_ATTEMPTS) + 1;
}

/** The store on Postgres. When a delivery is due is judged by the database's clock: several processes send. */
export function createDeliveryStore(database: Database<PrismaClient>, sealer: Sealer): DeliveryStore {
  const { client, pool } = database;
  const withHistory = { include: { history: { orderBy: { number: 'asc' } } } } as const;
  const viewOf = <Row extends { status: string; history: DeliveryView['attempts'] }>({
    history,
    ...row
  }: Row) => ({
    ...row,
    status: row.status as DeliveryStatus,
    attempts: history,
  });
  const keptMail = (row: Omit<ClaimRow, 'attempts'> & { readonly created_at: Date }): KeptMail => ({
    id: row.id,
    createdAt: row.created_at,
    messageId: row.message_id,
    to: row.address,
    subject: row.subject,
    ...openContent(sealer, row.sealed_content),
  });
  const MAIL = `select id, address, subject, message_id, sealed_content, created_at from delivery`;

  return {
    async claim(limit) {
      const { rows } = await pool.query<ClaimRow>(
        `update delivery set attempts = attempts + 1,
           next_attempt_at = foyer_now() + $1 * interval '1 second'
         where id in (
           select id from delivery where status = 'QUEUED' and next_attempt_at <= foyer_now()
           order by next_attempt_at limit $2 for update skip locked
         )
         returning id, attempts, address, subject, message_id, sealed_content`,
        [CLAIM_SECONDS, limit],
      );
      return rows.map((row) => ({
        id: row.id,
        attempt: row.attempts,
        mail: {
          messageId: row.message_id,
          to: row.address,
          subject: row.subject,
          ...openContent(sealer, row.sealed_content),
        },
      }));
    },
    async renew(claimed) {
      await pool.query(
        `update delivery d set next_attempt_at = foyer_now() + $1 * interval '1 second'
         from unnest($2::uuid[], $3::int[]) as claim (id, attempt)
         where d.id = claim.id and d.attempts = claim.attempt and d.status = 'QUEUED'`,
        [CLAIM_SECONDS, claimed.map(({ id }) => id), claimed.map(({ attempt }) => attempt)],
      );
    },
    async settle({ id, attempt }, failure) {
      const delay = failure === null ? null : retryDelay(triesOfRound(attempt));
      const status: DeliveryStatus = failure === null ? 'SENT' : delay === null ? 'PARKED' : 'QUEUED';
      await database.transaction(async (transaction, sql) => {
        const now = await databaseNow(sql);
        // A try whose claim was lost may be settled after another one.
        await transaction.deliveryAttempt.createMany({
          data: { deliveryId: id, number: attempt, at: now, failure },
          skipDuplicates: true,
        });
        await transaction.delivery.updateMany({
          where: { id, status: 'QUEUED', ...(failure !== null && { attempts: attempt }) },
          data: {
            status,
            sentAt: status === 'SENT' ? now : null,
            nextAttemptAt: new Date(now.getTime() + (delay ?? 0)),
          },
        });
      });
    },
    async ofOrder(orderId) {
      const rows = await client.delivery.findMany({
        where: { orderId },
        orderBy: { createdAt: 'asc' },
        ...withHistory,
      });
      return rows.map(viewOf);
    },
    async parked() {
      const rows = await client.delivery.findMany({
        where: { status: 'PARKED' },
        orderBy: { createdAt: 'desc' },
        take: 100,
        ...withHistory,
      });
      return rows.map(viewOf);
    },
    async retry(id) {
      // What was tried stays on record; the number goes on.
      const { rowCount } = await pool.query(
        `update delivery set status = 'QUEUED', next_attempt_at = foyer_now()
         where id = $1 and status in ('PARKED', 'WITHHELD')`,
        [id],
      );
      const row = await client.delivery.findUnique({ where: { id }, ...withHistory });
      return row && { retried: rowCount === 1, delivery: viewOf(row) };
    },
    async mails(to) {
      const { rows } = await pool.query<ClaimRow & { created_at: Date }>(
        `${MAIL} where status <> 'WITHHELD' and ($1::text is null or address = $1) order by created_at desc, id desc limit 200`,
        [to],
      );
      return rows.map(keptMail);
    },
    async mail(id) {
      const { rows } = await pool.query<ClaimRow & { created_at: Date }>(`${MAIL} where id = $1`, [id]);
      return rows[0] ? keptMail(rows[0]) : null;
    },
  };
}
