-- Key pairs that this database's owner signs with. Private keys are sealed under FOYER_SECRET.
create schema if not exists security;

create table security.signing_key (
  kid                uuid primary key,
  purpose            text not null check (purpose in ('access', 'identity', 'admission', 'ticket')),
  public_jwk         jsonb not null,
  sealed_private_key text not null,
  activates_at       timestamptz not null,
  created_at         timestamptz not null default clock_timestamp()
);

create index signing_key_purpose on security.signing_key (purpose, activates_at desc);
