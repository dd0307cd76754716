-- Reservations as orders last told of them, and what their guests know.
create table reservation (
  reservation_id uuid primary key,
  snapshot       jsonb not null,
  -- what the guest has last been told: { status, areaId, startsAt, partySize }; null: nothing
  told           jsonb,
  -- when the guest is to be reminded; null: not at all, or not any more
  remind_at      timestamptz(3)
);

create index reservation_remind on reservation (remind_at) where remind_at is not null;
