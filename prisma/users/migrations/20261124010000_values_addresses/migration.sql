-- Accounts whose address, in its normal form, is another account's. Both stay as they are and can log in with the address as
-- they wrote it; an operator decides with their people.
create table if not exists address_conflict (
  account_id uuid        primary key references account on delete cascade,
  email      text        not null,
  normal     text        not null,
  noted_at   timestamptz(3) not null default foyer_now()
);

with changed as (
  select id, email, foyer_normal_email(email) as normal from account
  where email is distinct from foyer_normal_email(email)
)
insert into address_conflict (account_id, email, normal)
select c.id, c.email, c.normal from changed c
where exists (select from account a where a.email = c.normal and a.id <> c.id)
   or exists (select from changed d where d.normal = c.normal and d.id < c.id)
on conflict (account_id) do nothing;

update account set email = foyer_normal_email(email)
where email is distinct from foyer_normal_email(email)
  and id not in (select account_id from address_conflict);

-- Of two open invitations of an organization to one address the newer stands.
update invitation i set withdrawn_at = foyer_now()
where accepted_at is null and withdrawn_at is null and exists (
  select from invitation newer
  where newer.organization_id = i.organization_id and newer.id > i.id
    and newer.accepted_at is null and newer.withdrawn_at is null
    and foyer_normal_email(newer.email) = foyer_normal_email(i.email)
);
update invitation set email = foyer_normal_email(email) where email is distinct from foyer_normal_email(email);

update account set name = normalize(name, NFC) where name is not nfc normalized;
update organization set name = normalize(name, NFC) where name is not nfc normalized;
