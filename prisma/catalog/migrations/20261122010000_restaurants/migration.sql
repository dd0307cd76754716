create extension if not exists cube;
create extension if not exists fuzzystrmatch;
create extension if not exists pg_trgm;

-- A place on a sphere of the Earth's mean radius, in metres from its centre. Straight distances between such places grow
-- with those along the ground, so that one index answers both "within" and "nearest first".
create function earth_position(latitude float8, longitude float8) returns public.cube
  language sql immutable strict parallel safe
  as $$
    select public.cube(array[
      6371008.8 * cosd(latitude) * cosd(longitude),
      6371008.8 * cosd(latitude) * sind(longitude),
      6371008.8 * sind(latitude)
    ])
  $$;

-- The text search configuration of a language (BCP 47); the one that knows no language where Postgres has none.
create function search_configuration(language text) returns regconfig
  language sql immutable strict parallel safe
  as $$
    select case lower(split_part(language, '-', 1))
      when 'ar' then 'pg_catalog.arabic'::regconfig
      when 'ca' then 'pg_catalog.catalan'::regconfig
      when 'da' then 'pg_catalog.danish'::regconfig
      when 'de' then 'pg_catalog.german'::regconfig
      when 'el' then 'pg_catalog.greek'::regconfig
      when 'en' then 'pg_catalog.english'::regconfig
      when 'es' then 'pg_catalog.spanish'::regconfig
      when 'fi' then 'pg_catalog.finnish'::regconfig
      when 'fr' then 'pg_catalog.french'::regconfig
      when 'hi' then 'pg_catalog.hindi'::regconfig
      when 'hu' then 'pg_catalog.hungarian'::regconfig
      when 'id' then 'pg_catalog.indonesian'::regconfig
      when 'it' then 'pg_catalog.italian'::regconfig
      when 'nb' then 'pg_catalog.norwegian'::regconfig
      when 'nl' then 'pg_catalog.dutch'::regconfig
      when 'no' then 'pg_catalog.norwegian'::regconfig
      when 'pt' then 'pg_catalog.portuguese'::regconfig
      when 'ro' then 'pg_catalog.romanian'::regconfig
      when 'ru' then 'pg_catalog.russian'::regconfig
      when 'sv' then 'pg_catalog.swedish'::regconfig
      when 'tr' then 'pg_catalog.turkish'::regconfig
      else 'pg_catalog.simple'::regconfig
    end
  $$;

-- A text under the words as they stand, and under their stems in its language.
create function search_vector(language text, words text, weight "char") returns tsvector
  language sql immutable strict parallel safe
  as $$
    select setweight(to_tsvector('pg_catalog.simple', public.search_text(words)), weight) ||
           setweight(to_tsvector(public.search_configuration(language), public.search_text(words)), weight)
  $$;

create function menu_words(menu jsonb) returns text
  language sql immutable strict parallel safe
  as $$
    select coalesce(left(string_agg(word #>> '{}', ' '), 100000), '')
    from (
      select jsonb_path_query(menu, '$[*].name') as word
      union all
      select jsonb_path_query(menu, '$[*].items[*].name')
    ) as words
  $$;

-- The dietary marks that at least one thing on the menu has.
create function menu_dietary(menu jsonb) returns text[]
  language sql immutable strict parallel safe
  as $$
    select coalesce(array_agg(distinct mark #>> '{}'), '{}') from jsonb_path_query(menu, '$[*].items[*].dietary[*]') as mark
  $$;

create function clock_minutes(clock text) returns integer
  language sql immutable strict parallel safe
  as $$ select split_part(clock, ':', 1)::integer * 60 + split_part(clock, ':', 2)::integer $$;

-- Minutes after the day's midnight between which an interval is open; one that closes not after it opens ends the day after.
create function interval_minutes(opening jsonb) returns int4range
  language sql immutable strict parallel safe
  as $$
    select int4range(
      public.clock_minutes(opening ->> 'opens'),
      public.clock_minutes(opening ->> 'closes') + case when opening ->> 'closes' <= opening ->> 'opens' then 1440 else 0 end
    )
  $$;

-- Opening hours as minutes since Monday's midnight; those of Sunday night end behind the week's end.
create function week_minutes(hours jsonb) returns int4multirange
  language sql immutable strict parallel safe
  as $$
    select coalesce(
      range_agg(
        int4range(lower(day) + (opening ->> 'weekday')::integer * 1440 - 1440, upper(day) + (opening ->> 'weekday')::integer * 1440 - 1440)
      ),
      '{}'
    )
    from jsonb_array_elements(hours) as opening, public.interval_minutes(opening) as day
  $$;

create function exception_dates(exceptions jsonb) returns text[]
  language sql immutable strict parallel safe
  as $$
    select coalesce(array_agg(exception ->> 'date'), '{}') from jsonb_array_elements(exceptions) as exception
  $$;

-- Whether opening hours cover a time of the restaurant's wall clock, by the exceptions of that day and the day before.
create function open_by_exceptions(hours jsonb, exceptions jsonb, wall timestamp) returns boolean
  language sql immutable strict parallel safe
  as $$
    select exists (
      select
      from (values (wall::date), (wall::date - 1)) as days (day),
        lateral jsonb_array_elements(
          coalesce(
            (
              select exception -> 'intervals' from jsonb_array_elements(exceptions) as exception
              where exception ->> 'date' = to_char(day, 'YYYY-MM-DD')
            ),
            (
              select jsonb_agg(opening) from jsonb_array_elements(hours) as opening
              where (opening ->> 'weekday')::integer = extract(isodow from day)
            ),
            '[]'
          )
        ) as opening
      where public.interval_minutes(opening) @> (extract(epoch from wall - day::timestamp)::integer / 60)
    )
  $$;

-- The same, quick on all days that no exception touches.
create function open_at_wall(
  week int4multirange, exception_dates text[], hours jsonb, exceptions jsonb, wall timestamp
) returns boolean
  language sql immutable strict parallel safe
  as $$
    select case
      when exception_dates && array[to_char(wall, 'YYYY-MM-DD'), to_char(wall - interval '1 day', 'YYYY-MM-DD')]
      then public.open_by_exceptions(hours, exceptions, wall)
      else week @> (extract(epoch from wall - date_trunc('week', wall))::integer / 60)
        or week @> (extract(epoch from wall - date_trunc('week', wall))::integer / 60 + 10080)
    end
  $$;

create table restaurant (
  id                       uuid primary key,
  organization_id          uuid not null,
  status                   text not null check (status in ('DRAFT', 'PUBLISHED', 'CLOSED')),
  name                     text not null check (char_length(name) between 1 and 200),
  description              text not null check (char_length(description) <= 10000),
  -- of its texts, BCP 47
  language                 text not null,
  address                  text not null check (char_length(address) between 1 and 300),
  city                     text not null check (char_length(city) between 1 and 100),
  zip_code                 text not null check (char_length(zip_code) between 1 and 20),
  latitude                 float8 not null check (latitude between -90 and 90),
  longitude                float8 not null check (longitude between -180 and 180),
  -- one that Postgres does not know would fail every search that asks for a time
  time_zone                text not null check (timezone(time_zone, timestamptz '2026-01-01 00:00Z') is not null),
  cuisines                 text[] not null,
  price_range              smallint not null check (price_range between 1 and 4),
  -- of its deposit and its menu
  currency                 text not null check (currency ~ '^[A-Z]{3}$'),
  slot_minutes             integer not null check (slot_minutes between 5 and 240),
  hours                    jsonb not null,
  exceptions               jsonb not null,
  durations                jsonb not null,
  minimum_party            integer not null check (minimum_party >= 1),
  maximum_party            integer not null check (maximum_party <= 60),
  horizon_days             integer not null check (horizon_days >= 0),
  notice_minutes           integer not null check (notice_minutes >= 0),
  areas                    jsonb not null,
  -- per person, in minor units
  deposit                  bigint not null check (deposit between 0 and 9007199254740991),
  free_until_hours         integer not null check (free_until_hours >= 0),
  then_percent             integer not null check (then_percent between 0 and 100),
  limit_per_person_and_day integer not null check (limit_per_person_and_day >= 1),
  menu                     jsonb not null,
  created_by               uuid not null,
  created_at               timestamptz(3) not null,
  updated_at               timestamptz(3) not null,
  published_at             timestamptz(3),
  -- Of its reviews; changed only with them, under this row's lock.
  review_count             integer not null default 0,
  rating_sum               integer not null default 0,
  -- What "best first" goes by: the average as if ten guests more had given 3.5, so that one review does not decide.
  score                    float8 not null generated always as ((rating_sum + 35)::float8 / (review_count + 10)) stored,
  city_key                 text not null generated always as (lower(search_text(city))) stored,
  position                 public.cube not null generated always as (earth_position(latitude, longitude)) stored,
  dietary                  text[] not null generated always as (menu_dietary(menu)) stored,
  week                     int4multirange not null generated always as (week_minutes(hours)) stored,
  exception_dates          text[] not null generated always as (exception_dates(exceptions)) stored,
  search                   tsvector not null generated always as (
    search_vector(language, name, 'A') ||
    search_vector(language, city || ' ' || search_words(cuisines), 'B') ||
    search_vector(language, menu_words(menu), 'C') ||
    search_vector(language, description, 'D')
  ) stored,
  constraint restaurant_party_sizes check (minimum_party <= maximum_party),
  constraint restaurant_published_at check ((status = 'DRAFT') = (published_at is null)),
  constraint restaurant_rating check (review_count >= 0 and rating_sum between review_count and 5 * review_count)
);

-- The public list: best first, anywhere or in a city, near a place, cheapest first, by cuisine, by words.
create index restaurant_public_score on restaurant (score, id) where status = 'PUBLISHED';
create index restaurant_public_city on restaurant (city_key, score, id) where status = 'PUBLISHED';
create index restaurant_public_price on restaurant (price_range, id) where status = 'PUBLISHED';
create index restaurant_public_position on restaurant using gist (position) where status = 'PUBLISHED';
create index restaurant_public_cuisines on restaurant using gin (cuisines) where status = 'PUBLISHED';
create index restaurant_public_search on restaurant using gin (search) where status = 'PUBLISHED';
create index restaurant_public_newest on restaurant (published_at, id) where status = 'PUBLISHED';
create index event_public_newest on event (published_at, id) where status = 'PUBLISHED' and visibility = 'PUBLIC';
create index restaurant_organization on restaurant (organization_id, name, id);

-- Reservations as orders tells of them: which stand when a restaurant changes, and who has dined.
create table reservation (
  id            uuid primary key,
  code          text not null,
  restaurant_id uuid not null,
  area_id       uuid not null,
  starts_at     timestamptz(3) not null,
  ends_at       timestamptz(3) not null,
  party_size    integer not null,
  user_id       uuid,
  status        text not null
);

create index reservation_standing on reservation (restaurant_id, ends_at)
  where status in ('PENDING', 'CONFIRMED', 'SEATED');

create table review (
  id             uuid primary key,
  reservation_id uuid not null unique,
  restaurant_id  uuid not null references restaurant (id),
  user_id        uuid not null,
  rating         smallint not null check (rating between 1 and 5),
  text           text not null check (char_length(text) <= 5000),
  created_at     timestamptz(3) not null,
  updated_at     timestamptz(3) not null,
  answer         text check (char_length(answer) between 1 and 5000),
  answered_at    timestamptz(3),
  constraint review_answer_whole check (num_nulls(answer, answered_at) in (0, 2))
);

create index review_restaurant on review (restaurant_id, created_at, id);

-- What is free, as inventory tells it, by the date on the restaurant's wall clock; no row where nothing is. What begins
-- past midnight belongs to the restaurant's day before, is told with it, and so has a row of its own (`late`). `free`
-- holds a number per beginning and party size: five-minute steps since 1970, times 64, plus the party size. Neighbouring
-- party sizes melt into one range, so that a day takes some hundred bytes.
create table free_day (
  restaurant_id uuid not null,
  day           date not null,
  late          boolean not null,
  free          int4multirange not null,
  primary key (restaurant_id, day, late)
) with (fillfactor = 80);

create index free_day_past on free_day (day);

-- Every word of what is published, to find the one that was meant when one is misspelt.
create table search_word (
  word text collate "C" primary key
);

create index search_word_similar on search_word using gin (word gin_trgm_ops);

-- The words that somebody may have meant by one: those at most two letters from it, of short ones one, the nearest first.
-- Two letters in the wrong order leave few trigrams as they were, so candidates need not share many.
create function similar_words(typed text, most integer) returns text[]
  language sql stable strict parallel safe
  set pg_trgm.similarity_threshold = 0.2
  as $$
    select coalesce(array_agg(word), '{}')
    from (
      select word from search_word
      where word % typed and levenshtein_less_equal(word, typed, 2) <= case when char_length(typed) < 5 then 1 else 2 end
      order by levenshtein_less_equal(word, typed, 2), similarity(word, typed) desc, word
      limit most
    ) as nearest
  $$;

create function learn_words() returns trigger
  language plpgsql
  as $$
  begin
    if tg_op = 'UPDATE' and old.status = new.status and old.search = new.search then
      return null;
    end if;
    -- In one order, so that no two can wait for each other; what is known is not written again.
    insert into search_word
    select word from unnest(tsvector_to_array(new.search)) as found (word)
    where char_length(word) between 3 and 40 and not exists (select from search_word as known where known.word = found.word)
    order by word
    on conflict do nothing;
    return null;
  end
  $$;

create trigger event_learn_words after insert or update on event
  for each row when (new.status = 'PUBLISHED') execute function learn_words();

create trigger restaurant_learn_words after insert or update on restaurant
  for each row when (new.status = 'PUBLISHED') execute function learn_words();

insert into search_word
select word from ts_stat($$ select search from event where status = 'PUBLISHED' $$)
where char_length(word) between 3 and 40;
