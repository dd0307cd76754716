-- Tickets' codes are signed by Ed25519, with keys of their own. `ticket` has the keys of the codes before, which are
-- read until the last event that has one is over. The version before makes keys of the old purposes only.
alter table security.signing_key drop constraint signing_key_purpose_check;
alter table security.signing_key add constraint signing_key_purpose_check
  check (purpose in ('access', 'identity', 'admission', 'ticket-code', 'ticket'));
