-- Every event that this database's owner has ever published, for ever. An event is in the outbox or here, never in both
-- and never in neither: what deletes it there writes it here, in the same statement. Events that were trimmed from the
-- outbox before this migration are not here.
create table messaging.archived_event (
  aggregate_type    text        not null,
  aggregate_id      text        not null,
  aggregate_version bigint      not null check (aggregate_version > 0),
  id                uuid        not null,
  topic             text        not null,
  type              text        not null,
  payload           jsonb       not null,
  created_at        timestamptz not null,
  published_at      timestamptz not null,
  -- It is read in this order, whole or some aggregates of it, and nothing is ever dropped by time: no partitions.
  primary key (aggregate_type, aggregate_id, aggregate_version)
);

create function messaging.archive_deleted() returns trigger language plpgsql as $$
begin
  if exists (select from gone where published_at is null) then
    raise exception 'an event that is not published can not leave the outbox';
  end if;
  insert into messaging.archived_event
    (aggregate_type, aggregate_id, aggregate_version, id, topic, type, payload, created_at, published_at)
  select aggregate_type, aggregate_id, aggregate_version, id, topic, type, payload, created_at, published_at
  from gone;
  return null;
end
$$;

-- A trigger, and not the program that trims: so no program can lose an event, however it deletes.
create trigger outbox_archives after delete on messaging.outbox
  referencing old table as gone for each statement execute function messaging.archive_deleted();

create function messaging.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% of messaging.% is refused: events are kept for ever', tg_op, tg_table_name;
end
$$;

create trigger outbox_keeps before truncate on messaging.outbox
  for each statement execute function messaging.refuse_change();

create trigger archived_event_append_only before update or delete or truncate on messaging.archived_event
  for each statement execute function messaging.refuse_change();

-- All events, each once: a statement sees the outbox and the archive as of the same moment.
create view messaging.every_event as
  select aggregate_type, aggregate_id, aggregate_version, id, topic, type, payload, created_at
  from messaging.archived_event
  union all
  select aggregate_type, aggregate_id, aggregate_version, id, topic, type, payload, created_at
  from messaging.outbox;
