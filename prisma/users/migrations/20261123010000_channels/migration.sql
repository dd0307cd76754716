-- Channels of notifications that are wanted.
alter table account
  add column channels text[] not null default '{EMAIL,IN_APP}' check (channels <@ array ['EMAIL', 'IN_APP']);
