-- Local copies of what other subgraphs own, fed by their events. A copy is a hint: whoever owns a thing decides.
create schema if not exists copies;

create table copies.membership (
  organization_id uuid not null,
  user_id         uuid not null,
  role            text not null check (role in ('OWNER', 'ADMIN', 'EDITOR', 'VIEWER', 'DOOR')),
  -- null: every listing of the organization
  listing_ids     uuid[],
  primary key (organization_id, user_id)
);

create index membership_user on copies.membership (user_id);

create table copies.organization (
  organization_id uuid primary key,
  name            text not null,
  verified        boolean not null
);

create table copies.person (
  user_id  uuid primary key,
  email    text not null,
  name     text not null,
  language text not null,
  active   boolean not null,
  email_verified boolean not null
);

create index person_email on copies.person (email);

create table copies.event (
  event_id        uuid primary key,
  organization_id uuid not null,
  version         bigint not null,
  snapshot        jsonb not null
);

create table copies.offer (
  offer_id   uuid primary key,
  listing_id uuid not null,
  version    bigint not null,
  snapshot   jsonb not null
);

create index offer_listing on copies.offer (listing_id);
