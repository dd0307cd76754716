-- With how many digits of the minor unit this database's amounts are meant, by currency. Of these currencies some runtime
-- said otherwise than ISO 4217: one that amounts are stored in already is left out, and the start refuses until an operator
-- has judged it. All others are noted by the start.
create table currency_digits (
  currency text     primary key check (currency ~ '^[A-Z]{3}$'),
  digits   smallint not null check (digits between 0 and 4)
);

insert into currency_digits (currency, digits)
select currency, digits from (values
  ('AFN', 2), ('ALL', 2), ('COP', 2), ('HUF', 2), ('IDR', 2), ('IQD', 3), ('IRR', 2), ('KPW', 2), ('LAK', 2),
  ('LBP', 2), ('MGA', 2), ('MMK', 2), ('PKR', 2), ('RSD', 2), ('SOS', 2), ('SYP', 2), ('YER', 2)
) as iso (currency, digits)
where currency not in (
  select currency from offer
  union all select currency from listing where currency is not null
);
