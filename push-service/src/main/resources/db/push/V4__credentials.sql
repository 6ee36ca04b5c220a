-- What a device was subscribed with, as the hashes that revocations come with: it ends with them. Rows of a version before know
-- none, and end by themselves.
alter table push.subscription add column identities text[];
alter table push.subscription add column credentials_issued_at timestamptz;
create index subscription_by_identity on push.subscription using gin (identities);

-- Devices that Firebase reaches have a key of their own now, sealed with their destination, and the name of their account is made
-- with it. What an older version drew for a device stays what it is called; for others the column holds what the key makes of the
-- account, for as long as an older version may run beside this one.
comment on column push.subscription.account_alias is 'read only where the destination has no alias key';
