-- Organizations, who belongs to them, and who is asked to.
create table organization (
  id          uuid        primary key,
  name        text        not null check (char_length(name) between 1 and 100),
  verified_at timestamptz(3),
  created_at  timestamptz(3) not null
);

create table membership (
  organization_id uuid        not null references organization on delete cascade,
  account_id      uuid        not null references account,
  role            text        not null check (role in ('OWNER', 'ADMIN', 'EDITOR', 'VIEWER', 'DOOR')),
  -- Whether the role counts for some listings only, and which.
  limited         boolean     not null,
  listing_ids     uuid[]      not null default '{}',
  joined_at       timestamptz(3) not null,
  primary key (organization_id, account_id),
  check (case when limited then cardinality(listing_ids) between 1 and 100 else listing_ids = '{}' end)
);

create index membership_account on membership (account_id, organization_id);
create index membership_owners on membership (organization_id) where role = 'OWNER' and not limited;

create table invitation (
  id              uuid        primary key,
  organization_id uuid        not null references organization on delete cascade,
  email           text        not null check (email = lower(btrim(email)) and char_length(email) between 3 and 255),
  role            text        not null check (role in ('OWNER', 'ADMIN', 'EDITOR', 'VIEWER', 'DOOR')),
  limited         boolean     not null,
  listing_ids     uuid[]      not null default '{}',
  invited_by      uuid        not null references account,
  -- SHA-256, base64url
  token_hash      text        not null unique check (char_length(token_hash) = 43),
  created_at      timestamptz(3) not null,
  expires_at      timestamptz(3) not null,
  accepted_at     timestamptz(3),
  withdrawn_at    timestamptz(3),
  check (accepted_at is null or withdrawn_at is null),
  check (case when limited then cardinality(listing_ids) between 1 and 100 else listing_ids = '{}' end)
);

-- One open invitation per address and organization: a new one takes the place of the one before.
create unique index invitation_open on invitation (organization_id, email)
  where accepted_at is null and withdrawn_at is null;
create index invitation_list on invitation (organization_id, id desc);

-- Behind the rule that the last owner can't leave: judged at the commit, under the organization's lock, so that two
-- owners who leave at the same time do not both find the other still there.
create function guard_last_owner() returns trigger
language plpgsql
as $$
begin
  perform from organization where id = old.organization_id for no key update;
  if found and not exists (
    select from membership where organization_id = old.organization_id and role = 'OWNER' and not limited
  ) then
    raise exception 'organization % would be left without an owner', old.organization_id
      using errcode = 'check_violation', constraint = 'membership_last_owner';
  end if;
  return null;
end;
$$;

create constraint trigger membership_last_owner
  after update or delete on membership
  deferrable initially deferred
  for each row when (old.role = 'OWNER' and not old.limited)
  execute function guard_last_owner();
