-- Addresses and names in their normal form, and the tickets that lay at another form of somebody's verified address.
update orders set buyer_email = foyer_normal_email(buyer_email)
where buyer_email like '%@%' and buyer_email is distinct from foyer_normal_email(buyer_email);
update ticket set owner_email = foyer_normal_email(owner_email)
where owner_email like '%@%' and owner_email is distinct from foyer_normal_email(owner_email);
update ticket_transfer set to_email = foyer_normal_email(to_email)
where to_email like '%@%' and to_email is distinct from foyer_normal_email(to_email);

update ticket t set owner_id = p.user_id
from (
  select distinct on (email) email, user_id from copies.person
  where email_verified and active order by email, user_id
) p
where t.owner_id is null and t.owner_email = p.email;

update orders set buyer_name = normalize(buyer_name, NFC) where buyer_name is not nfc normalized;
update ticket set owner_name = normalize(owner_name, NFC) where owner_name is not nfc normalized;
