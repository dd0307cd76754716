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
  -- A bus.topic_partition. No foreign key: it would cost as much as the append itself.
  partition_id integer     not null,
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
  group_id      integer not null,
  partition_id  integer not null,
  -- The first position that the group has not handled yet.
  next_position bigint  not null check (next_position >= 0),
  primary key (group_id, partition_id)
) with (fillfactor = 50);

-- Appends events that the log does not hold yet and gives where the new ones of each partition begin and end.
-- Each statement of it sees what was committed before it began (READ COMMITTED): the insert sees all that
-- happened before its partition's lock was granted. Locks are taken in order of the partitions. The settings
-- keep its plans on the indexes: they are made while the log is empty.
create function bus.append(partitions integer[], event_ids text[], keys text[], events text[])
  returns table (partition_id integer, first_position bigint, next_position bigint)
  language plpgsql
  set enable_seqscan = off
  set enable_bitmapscan = off
  set enable_hashjoin = off
  set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
  target   integer;
  first    bigint;
  appended bigint;
begin
  for target in select distinct p from unnest(partitions) as p order by p loop
    select p.next_position into strict first from bus.topic_partition p where p.id = target for update;
    insert into bus.log (partition_id, position, event_id, key, event, appended_at)
    select target, first - 1 + row_number() over (order by e.nr), e.event_id, e.key, e.event::json, clock_timestamp()
    from unnest(partitions, event_ids, keys, events) with ordinality as e (partition_id, event_id, key, event, nr)
    where e.partition_id = target
      -- Not the first of its id in this call, or in the log already.
      and e.nr = array_position(event_ids, e.event_id)
      and not exists (select from bus.log l where l.partition_id = target and l.event_id = e.event_id);
    get diagnostics appended = row_count;
    if appended > 0 then
      update bus.topic_partition p set next_position = first + appended where p.id = target;
      return query select target, first, first + appended;
    end if;
  end loop;
end
$$;

-- The next events of several partitions, at most so many of each.
create function bus.read(partitions integer[], positions bigint[], most integer)
  returns table (partition_id integer, "position" bigint, key text, event json)
  language plpgsql
  stable
  set enable_seqscan = off
  set enable_bitmapscan = off
as $$
#variable_conflict use_column
begin
  return query
    select l.partition_id, l.position, l.key, l.event
    from unnest(partitions, positions) as p (id, first)
    cross join lateral (
      select e.* from bus.log e
      where e.partition_id = p.id and e.position >= p.first
      order by e.partition_id, e.position
      limit most
    ) l
    order by l.partition_id, l.position;
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
