-- Email addresses in the form in which platform's normalEmailAddress gives them: composed (NFC), an internationalized domain
-- in Unicode. Written for what is stored already; what comes in is brought to its form by the subgraphs.

-- A label of a domain, decoded from Punycode (RFC 3492). What is not well formed stays as it is.
create or replace function public.foyer_domain_label(label text) returns text language plpgsql immutable as $$
declare
  coded   text := substr(label, 5);
  points  int[] := '{}';
  delimit int;
  n int := 128; i int := 0; bias int := 72; first boolean := true;
  before int; weight int; k int; digit int; threshold int; delta int; at int := 1;
  sign text;
begin
  if label !~ '^xn--[a-z0-9-]+$' then return label; end if;
  delimit := length(coded) - position('-' in reverse(coded)) + 1;
  if position('-' in coded) > 0 then
    for k in 1 .. delimit - 1 loop points := points || ascii(substr(coded, k, 1)); end loop;
    at := delimit + 1;
  end if;
  while at <= length(coded) loop
    before := i; weight := 1; k := 36;
    loop
      sign := substr(coded, at, 1);
      if sign = '' or sign = '-' then return label; end if;
      digit := case when sign between '0' and '9' then ascii(sign) - 22 else ascii(sign) - 97 end;
      at := at + 1;
      i := i + digit * weight;
      threshold := greatest(1, least(26, k - bias));
      exit when digit < threshold;
      weight := weight * (36 - threshold);
      k := k + 36;
    end loop;
    delta := case when first then (i - before) / 700 else (i - before) / 2 end;
    first := false;
    delta := delta + delta / (coalesce(array_length(points, 1), 0) + 1);
    k := 0;
    while delta > 455 loop delta := delta / 35; k := k + 36; end loop;
    bias := k + 36 * delta / (delta + 38);
    n := n + i / (coalesce(array_length(points, 1), 0) + 1);
    i := i % (coalesce(array_length(points, 1), 0) + 1);
    points := points[1:i] || n || points[i + 1:];
    i := i + 1;
  end loop;
  return (select string_agg(chr(point), '' order by place) from unnest(points) with ordinality as p (point, place));
exception when others then
  return label;
end $$;

create or replace function public.foyer_normal_email(given text) returns text language sql immutable as $$
  select case
    when given ~ '^[\x01-\x7f]*$' and given !~ '@.*xn--' then given
    else (
      select normalize(regexp_replace(given, '@[^@]*$', ''), NFC) || '@' ||
        normalize(string_agg(foyer_domain_label(label), '.' order by place), NFC)
      from unnest(string_to_array(normalize(substring(given from '@([^@]*)$'), NFKC), '.')) with ordinality as l (label, place)
    )
  end
$$;

update copies.person set email = foyer_normal_email(email)
where email like '%@%' and email is distinct from foyer_normal_email(email);
