-- How fast a device may be pushed to, and how fast it was: kept here, so that neither a restart nor a second replica
-- forgets what was spent.
create table push.pace (
    subscription_id uuid primary key references push.subscription on delete cascade,
    tokens double precision not null,
    pause_ms bigint not null,
    sent_at timestamptz not null,
    free_at timestamptz not null,
    topics text[] not null
);

-- What was given up, one row a device with the newest state of each type, until somebody sends it on its way again.
create table push.dead_letter (
    subscription_id uuid primary key references push.subscription on delete cascade,
    changed jsonb not null,
    reason text not null,
    attempts integer not null,
    since timestamptz not null,
    died_at timestamptz not null
);
create index dead_letter_by_time on push.dead_letter (died_at);

-- A version is never given twice: a sender that comes back late must not settle what came after it.
create sequence push.pending_version start 1000000;
alter table push.pending alter column version set default nextval('push.pending_version');
alter table push.pending add column merged integer not null default 1;

-- Sealed from now on, and so no document that the database could look into. What is still in the clear is sealed by the
-- service, which has the key.
alter table push.subscription alter column destination type text using destination::text;

-- Where on its topic a change stood: the order of an account's changes, whatever clocks say.
alter table push.account_state add column position bigint not null default -1;
