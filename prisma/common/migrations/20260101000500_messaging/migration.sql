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
create index parked_event_due on messaging.parked_event (consumer_group, next_attempt_at) where state = 'WAITING';

-- What a process has in hand of a partition: if it ends without an exception, the next one finds it here.
create table messaging.batch_in_hand (
  consumer_group text    not null,
  topic          text    not null,
  partition      integer not null,
  first_offset   bigint  not null,
  last_offset    bigint  not null,
  holder         uuid    not null,
  alone          boolean not null,
  deaths         integer not null check (deaths >= 0),
  primary key (consumer_group, topic, partition)
) with (fillfactor = 50);

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
