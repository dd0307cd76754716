-- A change of email waits for the proof that the new address reaches its owner.
alter table mail_token add column email text
  check (email = lower(btrim(email)) and char_length(email) between 3 and 255);
alter table mail_token drop constraint mail_token_purpose_check;
alter table mail_token add constraint mail_token_purpose_check
  check (purpose in ('EMAIL_VERIFICATION', 'PASSWORD_RESET', 'EMAIL_CHANGE'));
alter table mail_token add constraint mail_token_change check ((purpose = 'EMAIL_CHANGE') = (email is not null));
