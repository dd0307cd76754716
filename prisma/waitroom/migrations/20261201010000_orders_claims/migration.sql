-- What inventory and orders have told of the orders of an event with a queue, so that a spent admission claims its
-- units until inventory has counted them.
create table queue_order (
  order_id uuid primary key,
  event_id uuid not null,
  -- Units of the order, as orders names them; null: not told yet.
  quantity integer check (quantity > 0),
  -- Units that inventory holds for it or has sold to it, by offer; null: inventory has not spoken of it.
  units    jsonb
);

-- Units of known orders. Of orders from before this migration only the counts that come with changes of state tell.
-- Beside queue_offer: what is told of an order may come before what is told of the offer.
create table queue_taken (
  offer_id uuid primary key,
  event_id uuid not null,
  taken    integer not null check (taken >= 0)
);

-- Read for every run of a queue: at most N rows.
create index entry_spent on entry (event_id) where place_held and order_id is not null;

-- The orders that are under way now are in the counts already, or soon will be: they claim nothing, as before.
insert into queue_order (order_id, event_id, units)
  select order_id, event_id, '{}' from entry where place_held and order_id is not null
  on conflict do nothing;
