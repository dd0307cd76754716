-- Which zones there are and what they mean is the runtime's to say, not also Postgres's: their rules differ.
alter table restaurant drop constraint if exists restaurant_time_zone_check;
create index restaurant_time_zone on restaurant (time_zone);
