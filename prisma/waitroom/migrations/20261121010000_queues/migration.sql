-- The waiting room: one append-only log per event is its truth; the other tables say how the log stands now.

-- One row per event with a waiting room. Whoever changes anything of its line holds this row first: that makes
-- `last_seq` gapless and visible in order, and the counters right.
create table queue (
  event_id                uuid primary key,
  organization_id         uuid not null,
  -- Whether catalog shows the event and has a waiting room before it.
  published               boolean not null,
  cancelled               boolean not null default false,
  sale_starts_at          timestamptz not null,
  sale_ends_at            timestamptz not null,
  -- What catalog said last; only a change of it replaces what operators have set.
  configured_maximum      integer not null,
  configured_rate         integer not null,
  -- N and M, as they are in force.
  maximum_in_checkout     integer not null check (maximum_in_checkout between 1 and 1000000),
  admissions_per_minute   integer not null check (admissions_per_minute between 1 and 1000000),
  -- null: opened by its configured time before the sale.
  opened_at               timestamptz,
  paused                  boolean not null default false,
  sale_state              text not null default 'NOT_ON_SALE'
    check (sale_state in ('NOT_ON_SALE', 'AVAILABLE', 'HELD', 'PAUSED', 'SOLD_OUT', 'SALE_ENDED', 'EVENT_CANCELLED')),
  -- Chosen with the queue, before anybody can join; only its hash is shown until the draw.
  seed                    bytea not null check (octet_length(seed) = 32),
  drawn_seq               bigint,
  drawn_at                timestamptz,
  drawn_count             integer,
  entries_hash            bytea check (octet_length(entries_hash) = 32),
  last_seq                bigint not null default 0 check (last_seq >= 0),
  waiting                 integer not null default 0 check (waiting >= 0),
  places_taken            integer not null default 0 check (places_taken >= 0),
  -- Of these, the places whose admission no order has spent yet.
  unspent                 integer not null default 0 check (unspent between 0 and places_taken),
  -- Pacing: the next admission may not be before this.
  paced_until             timestamptz not null default 'epoch',
  -- All whom the present state of the sale ends have been ended.
  ending_done             boolean not null default false,
  -- Nothing can happen in this line any more.
  settled                 boolean not null default false,
  check (sale_starts_at < sale_ends_at),
  check ((drawn_seq is null) = (drawn_at is null)
    and (drawn_seq is null) = (drawn_count is null) and (drawn_seq is null) = (entries_hash is null)),
  check (not settled or (waiting = 0 and places_taken = 0))
) with (fillfactor = 30);

create index queue_unsettled on queue (event_id) where not settled;

-- Even a wrong program can't admit more than N, change a drawn seed or draw twice. (A lowered N leaves more places
-- taken than N for a while: only taking another one is refused, which no CHECK can say.)
create function queue_guard() returns trigger language plpgsql as $$
begin
  if new.places_taken > old.places_taken and new.places_taken > new.maximum_in_checkout then
    raise exception 'queue %: % places of % would be taken', new.event_id, new.places_taken, new.maximum_in_checkout
      using errcode = 'check_violation', constraint = 'queue_never_more_than_n';
  end if;
  if new.seed <> old.seed or (old.drawn_seq is not null and new.drawn_seq is distinct from old.drawn_seq) then
    raise exception 'queue %: the draw can not be changed', new.event_id
      using errcode = 'check_violation', constraint = 'queue_drawn_once';
  end if;
  if new.last_seq < old.last_seq then
    raise exception 'queue %: the log can not be shortened', new.event_id
      using errcode = 'check_violation', constraint = 'queue_log_grows';
  end if;
  return new;
end
$$;

create trigger queue_guard before update on queue for each row execute function queue_guard();

-- A person's place. Foreign keys to queue would cost every join a lock on the row that it already holds.
create table entry (
  id                   uuid primary key,
  event_id             uuid not null,
  user_id              uuid not null,
  -- Of its JOINED row.
  seq                  bigint not null,
  -- Came before the draw and takes part in it.
  early                boolean not null,
  -- The line is in this order: 0x00 and SHA-256(seed ‖ id) for the early, 0x01 and seq for all others.
  order_key            bytea not null,
  stay_for_returns     boolean not null,
  status               text not null check (status in ('QUEUED', 'ADMITTED', 'COMPLETED', 'EXPIRED', 'LEFT', 'ENDED')),
  joined_at            timestamptz not null,
  ended_reason         text check (ended_reason in ('SOLD_OUT', 'SALE_ENDED', 'EVENT_CANCELLED')),
  admission_id         uuid unique,
  admission_expires_at timestamptz,
  -- Whether it takes one of the N places: from its admission until orders said that its checkout is over.
  place_held           boolean not null default false,
  -- The order that spent the admission.
  order_id             uuid,
  -- Presence, kept outside of the log: a live connection, or when last heard.
  connected            boolean not null default false,
  last_seen_at         timestamptz not null,
  check ((admission_id is null) = (admission_expires_at is null)),
  check (status <> 'QUEUED' or admission_id is null),
  check (status not in ('ADMITTED', 'COMPLETED') or admission_id is not null),
  check (status <> 'ADMITTED' or place_held),
  check (status not in ('QUEUED', 'ENDED', 'COMPLETED') or not place_held),
  check (not place_held or admission_id is not null),
  check (order_id is null or admission_id is not null),
  check ((status = 'ENDED') = (ended_reason is not null))
) with (fillfactor = 70);

create unique index entry_one_live_place on entry (event_id, user_id) where status in ('QUEUED', 'ADMITTED');
create index entry_of_person on entry (event_id, user_id);
create index entry_line on entry (event_id, order_key) where status = 'QUEUED';
create index entry_drawn on entry (event_id, order_key) where early;
create index entry_unheard on entry (event_id, last_seen_at) where status = 'QUEUED' and not connected;
create index entry_turn on entry (event_id, admission_expires_at) where status = 'ADMITTED' and order_id is null;

-- The truth. Rows are only ever added, under the lock of their queue.
create table queue_log (
  event_id  uuid not null,
  seq       bigint not null check (seq > 0),
  kind      text not null check (kind in ('CONFIGURED', 'OPENED', 'PAUSED', 'RESUMED', 'SALE_STATE', 'JOINED', 'DRAWN',
    'ADMITTED', 'SPENT', 'RETURNED', 'COMPLETED', 'EXPIRED', 'LEFT', 'FREED', 'ENDED')),
  entry_id  uuid,
  -- Of the entry's JOINED row.
  entry_seq bigint,
  -- What it does to the places taken.
  place     smallint not null default 0 check (place between -1 and 1),
  detail    jsonb,
  at        timestamptz not null,
  primary key (event_id, seq),
  check ((entry_id is null) = (kind in ('CONFIGURED', 'OPENED', 'PAUSED', 'RESUMED', 'SALE_STATE', 'DRAWN'))),
  check ((entry_id is null) = (entry_seq is null)),
  check ((place = 1) = (kind = 'ADMITTED')),
  check (place <> -1 or kind in ('COMPLETED', 'EXPIRED', 'FREED')),
  check (place = -1 or kind not in ('COMPLETED', 'FREED'))
);

create function queue_log_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the log of a queue is append-only' using errcode = 'check_violation',
    constraint = 'queue_log_append_only';
end
$$;

create trigger queue_log_append_only before update or delete or truncate on queue_log
  for each statement execute function queue_log_is_append_only();

-- Up to which row a queue's log has been told to the world (queue-events). Beside the queue, so that telling does
-- not wait for joining.
create table publication (
  event_id      uuid primary key,
  published_seq bigint not null default 0 check (published_seq >= 0)
) with (fillfactor = 50);

-- What is left of what the line is for, as inventory tells it.
create table queue_offer (
  offer_id       uuid primary key,
  event_id       uuid not null,
  total          integer not null check (total >= 0),
  reserved       integer not null default 0 check (reserved >= 0),
  sold           integer not null default 0 check (sold >= 0),
  -- The last state told; null before the first.
  state          text,
  paused         boolean not null default false,
  -- null: the event's own.
  sale_starts_at timestamptz,
  sale_ends_at   timestamptz
);

create index queue_offer_event on queue_offer (event_id);

-- Processes of this subgraph that are alive. A row that was not renewed is removed, with its connections.
create table process (
  id      uuid primary key,
  -- By the server's own clock, which no test moves: it measures outages of processes, nothing people wait for.
  beat_at timestamptz not null
);

-- Who is connected to which process at this moment.
create table attachment (
  entry_id   uuid not null,
  process_id uuid not null references process (id),
  primary key (entry_id, process_id)
);

create index attachment_process on attachment (process_id);

-- Since when people of a queue could be heard; nobody is taken for gone while they can't.
create table hearing (
  event_id    uuid primary key,
  heard_since timestamptz not null,
  -- Since when, after a mass disconnection, nobody has been heard.
  unheard_at  timestamptz
);

-- Gives a group of people their places, in the given order, and writes the log: one round trip, one commit. The
-- caller holds the queue's row. Each statement sees what was committed before the lock was granted. Whoever has a
-- live place, or stands in the group a second time, gets none. The settings keep plans on the indexes: they are made
-- while the tables are empty.
create function join_group(
  queue_id uuid, first_seq bigint, joined_at timestamptz, takes_part boolean, queue_seed bytea,
  entry_ids uuid[], user_ids uuid[], stays boolean[]
) returns integer
  language plpgsql
  set enable_seqscan = off
  set enable_hashjoin = off
  set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
  joined integer;
begin
  with incoming as (
    select distinct on (i.user_id) i.*
    from unnest(entry_ids, user_ids, stays) with ordinality as i (id, user_id, stay, nr)
    order by i.user_id, i.nr
  ), fresh as (
    select i.*, first_seq + row_number() over (order by i.nr) - 1 as seq
    from incoming i
    where not exists (
      select from entry e
      where e.event_id = queue_id and e.user_id = i.user_id and e.status in ('QUEUED', 'ADMITTED')
    )
  ), placed as (
    insert into entry
      (id, event_id, user_id, seq, early, order_key, stay_for_returns, status, joined_at, last_seen_at)
    select f.id, queue_id, f.user_id, f.seq, takes_part,
      case when takes_part then '\x00'::bytea || sha256(queue_seed || convert_to(f.id::text, 'UTF8'))
        else '\x01'::bytea || int8send(f.seq) end,
      f.stay, 'QUEUED', join_group.joined_at, join_group.joined_at
    from fresh f order by f.seq
  )
  insert into queue_log (event_id, seq, kind, entry_id, entry_seq, at)
  select queue_id, f.seq, 'JOINED', f.id, f.seq, join_group.joined_at from fresh f order by f.seq;
  get diagnostics joined = row_count;
  return joined;
end
$$;
