create table copies.restaurant (
  restaurant_id   uuid primary key,
  organization_id uuid not null,
  version         bigint not null,
  snapshot        jsonb not null
);
