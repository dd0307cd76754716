-- Events that the bus does not take: too large, say. Such an event holds up what follows of its aggregate, and nothing
-- else, until it is tried again. It stays in the outbox, unpublished; this only says so. No foreign key: an attempt to
-- truncate the outbox shall be answered by its own guard.
create table messaging.refused_event (
  event_id        uuid        primary key,
  aggregate_type  text        not null,
  aggregate_id    text        not null,
  reason          text        not null,
  attempts        integer     not null default 1 check (attempts > 0),
  refused_at      timestamptz not null default clock_timestamp(),
  next_attempt_at timestamptz not null
);

create index refused_event_aggregate on messaging.refused_event (aggregate_type, aggregate_id);

-- As before, but without aggregates of which an event was refused and is not due again. The version before knows
-- nothing of refused events and is called by the same name: it leaves out the same ones.
create or replace function messaging.publish_next(published uuid[], most integer)
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
    delete from messaging.refused_event r where r.event_id = any (published);
  end if;
  return query
    select o.id, o.topic, o.payload from messaging.outbox o
    where o.published_at is null
      and not exists (
        select from messaging.refused_event r
        where r.aggregate_type = o.aggregate_type and r.aggregate_id = o.aggregate_id
          and r.next_attempt_at > clock_timestamp()
      )
    order by o.position limit most;
end
$$;
