-- The event bus on Postgres: a log in partitions with gapless offsets, and how far each group has read it.
create schema bus;

-- One row per partition. Its counter gives out offsets: an appender holds the row until it commits, so that
-- offsets have no gaps and become visible in their order.
create table bus.topic_partition (
  id            integer generated always as identity unique,
  topic         text    not null,
  partition     integer not null check (partition >= 0),
  next_position bigint  not null default 0 check (next_position >= 0),
  primary key (topic, partition)
) with (fillfactor = 50);

create table bus.log (
  partition_id integer     not null references bus.topic_partition (id),
  position     bigint      not null,
  event_id     text        not null,
  key          text        not null,
  event        json        not null,
  appended_at  timestamptz not null,
  primary key (partition_id, position),
  -- Publishing an event again appends nothing.
  constraint log_event_once unique (partition_id, event_id)
);

create table bus.consumer_group (
  id   integer generated always as identity primary key,
  name text not null unique
);

create table bus.committed_position (
  group_id      integer not null references bus.consumer_group (id),
  partition_id  integer not null references bus.topic_partition (id),
  -- The first position that the group has not handled yet.
  next_position bigint  not null check (next_position >= 0),
  primary key (group_id, partition_id)
) with (fillfactor = 50);

-- Appends events that the log does not hold yet and gives the new ends of their partitions. Each statement of
-- it sees what was committed before it began (READ COMMITTED), so the later ones see all that happened before
-- the lock was granted. The settings keep its plans on the indexes: they are made while the log is empty.
create function bus.append(partitions integer[], event_ids text[], keys text[], events text[])
  returns table (partition_id integer, next_position bigint)
  language plpgsql
  set enable_seqscan = off
  set enable_hashjoin = off
  set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
  moment timestamptz;
begin
  perform from bus.topic_partition p where p.id = any (partitions) order by p.id for update;
  moment := clock_timestamp();
  return query
    with incoming as (
      select distinct on (e.partition_id, e.event_id) e.*
      from unnest(partitions, event_ids, keys, events) with ordinality
        as e (partition_id, event_id, key, event, nr)
      order by e.partition_id, e.event_id, e.nr
    ), fresh as (
      select i.*, row_number() over (partition by i.partition_id order by i.nr) - 1 as step
      from incoming i
      where not exists (
        select from bus.log l where l.partition_id = i.partition_id and l.event_id = i.event_id
      )
    ), appended as (
      insert into bus.log (partition_id, position, event_id, key, event, appended_at)
      select f.partition_id, p.next_position + f.step, f.event_id, f.key, f.event::json, moment
      from fresh f
      join bus.topic_partition p on p.id = f.partition_id
    )
    update bus.topic_partition p
    set next_position = p.next_position + c.appended
    from (select f.partition_id, count(*) as appended from fresh f group by f.partition_id) c
    where p.id = c.partition_id
    returning p.id, p.next_position;
end
$$;

-- The first position appended at or after an instant, or the end of the log. Positions and times of a
-- partition grow together and positions have no gaps: a binary search, which needs no index on time.
create function bus.position_at(searched_partition integer, instant timestamptz)
  returns bigint
  language plpgsql
  stable
as $$
declare
  low    bigint;
  high   bigint;
  middle bigint;
begin
  select p.next_position into high from bus.topic_partition p where p.id = searched_partition;
  select min(l.position) into low from bus.log l where l.partition_id = searched_partition;
  if low is null then
    return high;
  end if;
  while low < high loop
    middle := (low + high) / 2;
    if exists (
      select from bus.log l
      where l.partition_id = searched_partition and l.position = middle and l.appended_at < instant
    ) then
      low := middle + 1;
    else
      high := middle;
    end if;
  end loop;
  return low;
end
$$;
