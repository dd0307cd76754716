-- One row per event, recipient and channel: what is sent, and how far it is.
create table delivery (
  id              uuid primary key,
  event_id        uuid not null,
  channel         text not null check (channel in ('EMAIL')),
  template        text not null,
  -- null: the recipient has no account
  user_id         uuid,
  address         text not null check (char_length(address) between 3 and 320),
  subject         text not null,
  -- { html, text, attachments }, sealed: mails carry codes and tokens
  sealed_content  text not null,
  -- fixed, so that an attempt that is repeated after a crash is known as the same mail
  message_id      text not null unique,
  order_id        uuid,
  status          text not null check (status in ('QUEUED', 'SENT', 'PARKED')),
  attempts        integer not null default 0 check (attempts >= 0),
  next_attempt_at timestamptz(3) not null,
  created_at      timestamptz(3) not null,
  sent_at         timestamptz(3),
  constraint delivery_once unique (event_id, channel, address),
  constraint delivery_sent_at check ((status = 'SENT') = (sent_at is not null))
);

create index delivery_due on delivery (next_attempt_at) where status = 'QUEUED';
create index delivery_order on delivery (order_id, created_at) where order_id is not null;
create index delivery_created on delivery (created_at desc, id desc);

create table delivery_attempt (
  delivery_id uuid not null references delivery (id) on delete cascade,
  number      integer not null check (number > 0),
  at          timestamptz(3) not null,
  -- null: it was taken by the channel
  failure     text,
  primary key (delivery_id, number)
);

-- The inbox in the application.
create table notification (
  id         uuid primary key,
  -- of its owner's inbox, gapless from 1 under the inbox row's lock
  sequence   bigint not null check (sequence > 0),
  user_id    uuid not null,
  event_id   uuid not null,
  kind       text not null,
  title      text not null,
  body       text not null,
  order_id   uuid,
  created_at timestamptz(3) not null,
  read_at    timestamptz(3),
  constraint notification_once unique (user_id, event_id),
  constraint notification_sequence unique (user_id, sequence)
);

create index notification_unread on notification (user_id) where read_at is null;

create table inbox (
  user_id  uuid primary key,
  -- last sequence given out
  sequence bigint not null,
  -- rises with every change, reading included
  version  bigint not null
);

-- Texts that operators changed; the others are the built-in ones.
create table template (
  name       text not null,
  language   text not null check (language ~ '^[a-z]{2}$'),
  subject    text not null,
  html       text not null,
  text       text not null,
  updated_by uuid not null,
  updated_at timestamptz(3) not null,
  primary key (name, language)
);
