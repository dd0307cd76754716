alter table account
  add column cuisines           text[] not null default '{}',
  add column dietary            text[] not null default '{}',
  add column default_party_size integer check (default_party_size between 1 and 60);
