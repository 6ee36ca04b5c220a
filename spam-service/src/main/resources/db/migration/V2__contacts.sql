-- Who has written to which domain before. Everything that could name somebody is an HMAC under a key outside the database.

-- A domain that mail is received for, and since when its history is kept.
create table spam.circle (
    tenant text        not null,
    circle bytea       not null,
    since  timestamptz not null,
    primary key (tenant, circle)
);

-- name is empty where the sender showed none that could be somebody else's. first_mail is the mail that made the row: to that
-- mail, assessed again, its sender is as new as it was the first time.
create table spam.contact (
    tenant     text        not null,
    circle     bytea       not null,
    sender     bytea       not null,
    name       bytea       not null,
    origin     bytea       not null,
    first_mail uuid        not null,
    first_seen timestamptz not null,
    last_seen  timestamptz not null,
    primary key (tenant, circle, sender, name)
);

create index contact_name on spam.contact (tenant, circle, name, last_seen);

-- What expiry goes by, and what goes first where a domain has too many.
create index contact_last_seen on spam.contact (last_seen);
create index contact_of_circle on spam.contact (tenant, circle, last_seen);
