-- What a subgraph needs to publish events and to handle those of others, in its own database.
create schema messaging;

-- The version of each aggregate's last event. An appender holds the row until it commits: versions are given
-- out in the order of the commits, without gaps.
create table messaging.aggregate (
  aggregate_type text   not null,
  aggregate_id   text   not null,
  version        bigint not null check (version > 0),
  primary key (aggregate_type, aggregate_id)
) with (fillfactor = 70);

-- Events to be published. Columns as Debezium's outbox event router reads them (route.by.field = topic); the
-- payload is the whole CloudEvent, so that consumers see the same whoever publishes.
create table messaging.outbox (
  id                uuid        primary key,
  topic             text        not null,
  aggregate_type    text        not null,
  aggregate_id      text        not null,
  aggregate_version bigint      not null check (aggregate_version > 0),
  type              text        not null,
  payload           jsonb       not null,
  headers           jsonb       not null,
  created_at        timestamptz not null,
  -- Given out under the aggregate's lock, so it grows with the version. It orders what is read, and nobody
  -- remembers how far he has read: commits do not follow it.
  position          bigint      generated always as identity,
  published_at      timestamptz,
  unique (aggregate_type, aggregate_id, aggregate_version)
);

create index outbox_unpublished on messaging.outbox (position) where published_at is null;
create index outbox_published on messaging.outbox using brin (published_at);

-- Which handler has handled which event: written in the transaction of the state change.
create table messaging.inbox (
  handler    text        not null,
  event_id   text        not null,
  handled_at timestamptz not null default clock_timestamp(),
  primary key (handler, event_id)
);

create index inbox_handled_at on messaging.inbox using brin (handled_at);

-- The highest version of an aggregate that a handler has applied.
create table messaging.applied_version (
  handler        text        not null,
  aggregate_type text        not null,
  aggregate_id   text        not null,
  version        bigint      not null check (version > 0),
  applied_at     timestamptz not null default clock_timestamp(),
  primary key (handler, aggregate_type, aggregate_id)
) with (fillfactor = 70);

-- Events that could not be handled, and those of the same aggregate that wait behind them.
create table messaging.parked_event (
  id                bigint      generated always as identity primary key,
  consumer_group    text        not null,
  topic             text        not null,
  event_id          text        not null,
  aggregate_type    text        not null,
  aggregate_id      text        not null,
  aggregate_version bigint      not null,
  type              text        not null,
  event             json        not null,
  -- WAITING: tried again when it is due and first of its aggregate. DEAD: waits for an operator.
  state             text        not null check (state in ('WAITING', 'DEAD')),
  reason            text,
  attempts          integer     not null default 0 check (attempts >= 0),
  next_attempt_at   timestamptz not null,
  parked_at         timestamptz not null default clock_timestamp(),
  -- The process that has it in hand, whether it handles nothing else meanwhile, and how many processes in a
  -- row have ended in it so.
  holder            uuid,
  alone             boolean     not null default false,
  deaths            integer     not null default 0 check (deaths >= 0),
  unique (consumer_group, event_id)
);

create index parked_event_order
  on messaging.parked_event (consumer_group, aggregate_type, aggregate_id, aggregate_version, id);

-- Which process reads a partition for a group. One that ends cleanly takes its rows away: what is found of
-- another process says that it ended in the middle, or that the partition was taken from it.
create table messaging.partition_reader (
  consumer_group text    not null,
  topic          text    not null,
  partition      integer not null,
  holder         uuid    not null,
  -- The event that the process is handling alone, and how many processes in a row had ended in it before.
  suspect_offset bigint,
  deaths         integer not null default 0 check (deaths >= 0),
  primary key (consumer_group, topic, partition)
);

-- Appends events to the outbox: counts the versions up under the lock of each aggregate's row, then writes.
-- `position` is given out after the lock as well, so that per aggregate it grows with the version. Gives the
-- versions in the order of the events.
create function messaging.append_events(events jsonb)
  returns table (version bigint)
  language plpgsql
as $$
#variable_conflict use_column
declare
  moment      timestamptz := foyer_now();
  moment_text text := to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
begin
  return query
    with incoming as (
      select e.*
      from rows from (
        jsonb_to_recordset(events) as (
          id uuid, topic text, aggregate_type text, aggregate_id text, type text, payload jsonb, headers jsonb
        )
      ) with ordinality as e (id, topic, aggregate_type, aggregate_id, type, payload, headers, nr)
    ), counted as (
      select aggregate_type, aggregate_id, count(*) as events
      from incoming group by aggregate_type, aggregate_id
    ), locked as (
      insert into messaging.aggregate as a (aggregate_type, aggregate_id, version)
      select aggregate_type, aggregate_id, events from counted order by aggregate_type, aggregate_id
      on conflict (aggregate_type, aggregate_id) do update set version = a.version + excluded.version
      returning aggregate_type, aggregate_id, version
    ), versioned as (
      select i.*, l.version - c.events
               + row_number() over (partition by i.aggregate_type, i.aggregate_id order by i.nr) as version
      from incoming i
      join counted c using (aggregate_type, aggregate_id)
      join locked l using (aggregate_type, aggregate_id)
      order by i.nr
    ), written as (
      insert into messaging.outbox
        (id, topic, aggregate_type, aggregate_id, aggregate_version, type, payload, headers, created_at)
      select id, topic, aggregate_type, aggregate_id, version, type,
             payload || jsonb_build_object('aggregateversion', version, 'time', moment_text), headers, moment
      from versioned order by nr
    )
    select v.version from versioned v order by v.nr;
end
$$;

-- Whether a handler is to be called for an event, and notes that it is:
-- PARKED: an earlier event of the aggregate is parked for the group (not asked when the group is null).
-- SEEN: it has handled the event, or applied a later version of the aggregate (not asked when that is null).
-- HANDLE: to be called now, in this transaction. Another process that is handling the event is waited for.
create function messaging.enter_handler(
  handler_name text, event text, reading_group text, type_of_aggregate text, id_of_aggregate text, new_version bigint
)
  returns text
  language plpgsql
  set enable_seqscan = off
as $$
begin
  if exists (
    select from messaging.parked_event p
    where p.consumer_group = reading_group
      and p.aggregate_type = type_of_aggregate and p.aggregate_id = id_of_aggregate
  ) then
    return 'PARKED';
  end if;
  insert into messaging.inbox (handler, event_id) values (handler_name, event) on conflict do nothing;
  if not found then
    return 'SEEN';
  end if;
  if new_version is not null then
    insert into messaging.applied_version as a (handler, aggregate_type, aggregate_id, version)
    values (handler_name, type_of_aggregate, id_of_aggregate, new_version)
    on conflict (handler, aggregate_type, aggregate_id)
    do update set version = excluded.version, applied_at = clock_timestamp()
    where a.version < excluded.version;
    if not found then
      return 'SEEN';
    end if;
  end if;
  return 'HANDLE';
end
$$;

-- Marks what has been published and gives what is to be published next, oldest first. The settings keep it on
-- the index of unpublished rows whatever the statistics say: most rows of the table are published ones.
create function messaging.publish_next(published uuid[], most integer)
  returns table (id uuid, topic text, payload jsonb)
  language plpgsql
  set enable_seqscan = off
  set enable_sort = off
  set enable_bitmapscan = off
as $$
#variable_conflict use_column
begin
  if cardinality(published) > 0 then
    -- It need not survive a power cut: what is published again is recognised by its id.
    perform set_config('synchronous_commit', 'off', true);
    update messaging.outbox o set published_at = clock_timestamp()
    where o.id = any (published) and o.published_at is null;
  end if;
  return query
    select o.id, o.topic, o.payload from messaging.outbox o
    where o.published_at is null order by o.position limit most;
end
$$;
