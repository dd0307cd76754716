-- Where a parked event stands on the bus: for who looks for it there, and for its dead letter. Null for what was parked
-- before.
alter table messaging.parked_event
  add column partition  integer,
  add column log_offset bigint;
