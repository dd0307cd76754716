create extension if not exists unaccent;

-- unaccent() depends on a dictionary and so is not immutable; with the dictionary named it is.
create function search_text(text) returns text
  language sql immutable strict parallel safe
  as $$ select public.unaccent('public.unaccent'::regdictionary, $1) $$;

-- array_to_string is stable for any type; for text it is immutable.
create function search_words(text[]) returns text
  language sql immutable strict parallel safe
  as $$ select array_to_string($1, ' ') $$;

create table event (
  id                    uuid primary key,
  organization_id       uuid not null,
  name                  text not null check (char_length(name) between 1 and 200),
  description           text not null check (char_length(description) <= 10000),
  venue_name            text not null check (char_length(venue_name) between 1 and 200),
  venue_address         text not null check (char_length(venue_address) between 1 and 300),
  venue_city            text not null check (char_length(venue_city) between 1 and 100),
  time_zone             text not null,
  starts_at             timestamptz(3) not null,
  ends_at               timestamptz(3) not null,
  categories            text[] not null,
  status                text not null check (status in ('DRAFT', 'CONFIGURED', 'APPROVED', 'PUBLISHED', 'CANCELLED')),
  cancellation_reason   text,
  -- How it is sold; all null until configured.
  sale_starts_at        timestamptz(3),
  sale_ends_at          timestamptz(3),
  free                  boolean,
  maximum_attendees     integer check (maximum_attendees > 0),
  visibility            text check (visibility in ('PUBLIC', 'PRIVATE')),
  maximum_in_checkout   integer check (maximum_in_checkout > 0),
  admissions_per_minute integer check (admissions_per_minute > 0),
  cancellable_until     timestamptz(3),
  trending              boolean,
  created_by            uuid not null,
  created_at            timestamptz(3) not null,
  updated_at            timestamptz(3) not null,
  approved_by           uuid,
  published_at          timestamptz(3),
  search                tsvector not null generated always as (
    setweight(to_tsvector('simple', search_text(name)), 'A') ||
    setweight(to_tsvector('simple', search_text(venue_name || ' ' || venue_city || ' ' || search_words(categories))), 'B') ||
    setweight(to_tsvector('simple', search_text(description)), 'C')
  ) stored,
  constraint event_ends_after_start check (ends_at > starts_at),
  constraint event_sale_window check (sale_ends_at > sale_starts_at and sale_ends_at <= ends_at),
  constraint event_configured_whole check (
    num_nulls(sale_starts_at, sale_ends_at, free, maximum_attendees, visibility, trending) in (0, 6)
  ),
  constraint event_waitroom_whole check (num_nulls(maximum_in_checkout, admissions_per_minute) in (0, 2)),
  constraint event_configured_status check (status in ('DRAFT', 'CANCELLED') or sale_starts_at is not null),
  constraint event_published_at check ((status = 'PUBLISHED') <= (published_at is not null)),
  constraint event_cancelled_reason check ((status = 'CANCELLED') = (cancellation_reason is not null))
);

-- The public list: by start, words and city.
create index event_public_start on event (starts_at, id) where status = 'PUBLISHED' and visibility = 'PUBLIC';
create index event_public_search on event using gin (search) where status = 'PUBLISHED' and visibility = 'PUBLIC';
create index event_organization on event (organization_id, starts_at, id);
