-- A line may grow from nothing to a million within the minute that autovacuum sleeps: plans must be right without
-- statistics. So no condition may be served by a second index, and no join may be turned round.

-- Led by the person, these two are of no use to those who ask for the whole line of an event.
drop index entry_one_live_place;
create unique index entry_one_live_place on entry (user_id, event_id) where status in ('QUEUED', 'ADMITTED');
drop index entry_of_person;
create index entry_of_person on entry (user_id, event_id);

-- As before, but asking for each person's live place in a subquery that is not flattened into a join. As an anti-join
-- it was planned for the empty table, as a scan of all entries for every single person (seen: 2,000 joins in 0.1 s, and
-- in 12 s with 50,000 waiting); and the plan is made anew for every group.
create or replace function join_group(
  queue_id uuid, first_seq bigint, joined_at timestamptz, takes_part boolean, queue_seed bytea,
  entry_ids uuid[], user_ids uuid[], stays boolean[]
) returns integer
  language plpgsql
  set enable_seqscan = off
  set plan_cache_mode = force_custom_plan
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
    where (
      select e.id from entry e
      where e.user_id = i.user_id and e.event_id = queue_id and e.status in ('QUEUED', 'ADMITTED')
      limit 1
    ) is null
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
