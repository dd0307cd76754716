-- A ticket remembers the key that signs its code, so that the code is always the same text. null: the version before
-- made the ticket, or its present code; the first key signs it.
alter table ticket add column code_key uuid;

-- Eight capital letters and digits without those that are mistaken for others (domain/orderCode.ts has the same 31).
-- Bytes 6 and 8 of a random UUID are not all random, and left out.
create function random_short_code() returns text language sql volatile as $$
  select string_agg(
    substr('ABCDEFGHJKLMNPQRSTVWXYZ23456789', 1 + get_byte(random.bytes, place) % 31, 1), '' order by place)
  from (select uuid_send(gen_random_uuid()) as bytes) random,
    unnest(array[0, 1, 2, 3, 4, 5, 9, 10]) place
$$;

alter table ticket add column short_code text;
update ticket set short_code = random_short_code();
-- Among a million tickets two have the same code about every second time.
do $$
begin
  loop
    update ticket t set short_code = random_short_code()
    where exists (select from ticket o where o.short_code = t.short_code and o.id < t.id);
    exit when not found;
  end loop;
end
$$;
alter table ticket alter column short_code set not null;
alter table ticket add constraint ticket_short_code unique (short_code);

-- Every new version of the code has a new short code: also when the version before, running beside, gives a ticket
-- away.
create function ticket_short_code() returns trigger language plpgsql as $$
begin
  loop
    new.short_code := random_short_code();
    exit when not exists (select from ticket where short_code = new.short_code);
  end loop;
  return new;
end
$$;
create trigger ticket_short_code before insert or update of code_version on ticket
  for each row execute function ticket_short_code();
