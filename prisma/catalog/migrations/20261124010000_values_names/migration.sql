-- What is searched and compared is composed (NFC), as it comes in from now on.
update event set
  name = normalize(name, NFC), venue_name = normalize(venue_name, NFC), venue_city = normalize(venue_city, NFC),
  categories = (select coalesce(array_agg(normalize(category, NFC) order by place), '{}')
                from unnest(categories) with ordinality as c (category, place))
where concat(name, venue_name, venue_city, array_to_string(categories, '')) is not nfc normalized;

update restaurant set
  name = normalize(name, NFC), city = normalize(city, NFC),
  cuisines = (select coalesce(array_agg(normalize(cuisine, NFC) order by place), '{}')
              from unnest(cuisines) with ordinality as c (cuisine, place))
where concat(name, city, array_to_string(cuisines, '')) is not nfc normalized;
