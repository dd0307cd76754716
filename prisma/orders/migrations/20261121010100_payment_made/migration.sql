-- Whether payments is known to have made it. One that was only asked for, or was refused, is shown to nobody: there is
-- nothing to show.
alter table order_payment add column made boolean not null default false;
update order_payment set made = state in ('READY', 'DECLINED', 'CAPTURED');
