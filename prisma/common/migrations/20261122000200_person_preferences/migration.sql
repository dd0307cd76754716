alter table copies.person
  add column preferences jsonb not null default '{"cuisines": [], "dietary": [], "defaultPartySize": null}';
