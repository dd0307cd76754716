-- Accounts, the sessions that stand on them, and what guards the way in.
create extension if not exists pg_trgm;

create table account (
  id                  uuid        primary key,
  -- Trimmed and lower-cased by the subgraph; one account per address.
  email               text        not null unique
                                  check (email = lower(btrim(email)) and char_length(email) between 3 and 255),
  name                text        not null check (char_length(name) between 1 and 100),
  -- E.164
  phone               text        check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  -- BCP 47
  language            text        not null check (char_length(language) between 2 and 35),
  role                text        not null default 'USER' check (role in ('USER', 'MANAGER', 'ADMIN')),
  password_hash       text        not null check (password_hash like '$argon2id$%'),
  password_changed_at timestamptz(3) not null,
  email_verified_at   timestamptz(3),
  deactivated_at      timestamptz(3),
  created_at          timestamptz(3) not null
);

create index account_administrators on account (id) where role = 'ADMIN' and deactivated_at is null;
create index account_search on account using gin ((email || ' ' || lower(name)) gin_trgm_ops);

-- Passwords that an account has had; only the newest few are kept, so that they are not taken again.
create table former_password (
  id          uuid        primary key,
  account_id  uuid        not null references account on delete cascade,
  hash        text        not null check (hash like '$argon2id$%'),
  replaced_at timestamptz(3) not null
);

create index former_password_account on former_password (account_id, id desc);

-- Devices that have once logged in with the right password. Others can't lock them out.
create table device (
  id           uuid        primary key,
  account_id   uuid        not null references account on delete cascade,
  -- SHA-256, base64url
  token_hash   text        not null unique check (char_length(token_hash) = 43),
  created_at   timestamptz(3) not null,
  last_used_at timestamptz(3) not null
);

create index device_account on device (account_id, last_used_at desc);

-- One log-in on one device, and all refresh tokens that descend from it.
create table session (
  id              uuid        primary key,
  account_id      uuid        not null references account on delete cascade,
  device_id       uuid        references device on delete set null,
  -- What the client calls its device; null when it says nothing.
  device_name     text        check (char_length(device_name) between 1 and 100),
  address         text        not null,
  created_at      timestamptz(3) not null,
  last_used_at    timestamptz(3) not null,
  expires_at      timestamptz(3) not null check (expires_at > created_at),
  ended_at        timestamptz(3),
  ended_reason    text        check (ended_reason in (
                    'LOGGED_OUT', 'LOGGED_OUT_EVERYWHERE', 'ENDED_BY_OWNER', 'PASSWORD_CHANGED', 'TOKEN_REUSED',
                    'DEACTIVATED', 'ROLE_CHANGED')),
  -- Which generation of refresh tokens is the present one, since when, and whether the one before it has had its
  -- second use.
  generation      integer     not null default 1 check (generation > 0),
  generation_at   timestamptz(3) not null,
  grace_used      boolean     not null default false,
  check ((ended_at is null) = (ended_reason is null))
);

create index session_account on session (account_id, id desc) where ended_at is null;
create index session_over on session (least(expires_at, ended_at));
create index session_device on session (device_id);

create table refresh_token (
  -- SHA-256, base64url
  hash        text        primary key check (char_length(hash) = 43),
  session_id  uuid        not null references session on delete cascade,
  generation  integer     not null check (generation > 0),
  used        boolean     not null default false,
  expires_at  timestamptz(3) not null
);

create index refresh_token_session on refresh_token (session_id, generation);
create index refresh_token_over on refresh_token (expires_at);

-- Failed attempts, by a hash of what is locked: account and address together, or a known device.
create table attempt (
  key          text        primary key check (char_length(key) = 43),
  failures     integer     not null check (failures > 0),
  last_at      timestamptz(3) not null,
  locked_until timestamptz(3)
);

create index attempt_last on attempt (last_at);

-- Secrets sent by mail. Each is used once.
create table mail_token (
  -- SHA-256, base64url
  hash        text        primary key check (char_length(hash) = 43),
  purpose     text        not null check (purpose in ('EMAIL_VERIFICATION', 'PASSWORD_RESET')),
  account_id  uuid        not null references account on delete cascade,
  expires_at  timestamptz(3) not null,
  used_at     timestamptz(3)
);

create index mail_token_account on mail_token (account_id, purpose);
create index mail_token_over on mail_token (expires_at);
