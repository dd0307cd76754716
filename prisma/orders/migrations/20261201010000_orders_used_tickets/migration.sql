-- A ticket that was used stays used when its money goes back out of goodwill: its unit is not for sale again.
alter table ticket drop constraint ticket_refunded;
alter table ticket add constraint ticket_refunded check (
  (state = 'REFUNDED') <= (refund_id is not null) and (refund_id is null or state in ('REFUNDED', 'REDEEMED'))
);
