-- Which client took the session's last tokens, by a digest of its User-Agent; null where it said nothing or was not asked.
-- With the address it tells the session's device from another one. Grace_used is written by the version before only.
alter table session add column agent text check (char_length(agent) = 22);
