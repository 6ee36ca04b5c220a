-- Devices that want to be told. The destination is a secret: whoever knows it can push.
create table push.subscription (
    id uuid primary key,
    tenant text not null,
    owner text not null,
    account text not null,
    device_client_id text not null,
    channel text not null,
    destination jsonb not null,
    account_alias text not null,
    types text[],
    expires_at timestamptz not null,
    created_at timestamptz not null,
    verification_code text not null,
    verification_failures integer not null default 0,
    verified boolean not null default false,
    unique (tenant, owner, device_client_id)
);
create index subscription_by_account on push.subscription (tenant, account) where verified;
create index subscription_by_expiry on push.subscription (expires_at);

-- What a device has not been told yet: one row a device, the newest state of each type. Without states it is the
-- request to verify.
create table push.pending (
    subscription_id uuid primary key references push.subscription on delete cascade,
    changed jsonb,
    version bigint not null default 1,
    attempts integer not null default 0,
    since timestamptz not null,
    due_at timestamptz not null
);
create index pending_by_time on push.pending (due_at);

-- The newest states of accounts, for streams that resume.
create table push.account_state (
    tenant text not null,
    account text not null,
    type text not null,
    state text not null,
    changed_at timestamptz not null,
    primary key (tenant, account, type)
);

-- Outcomes that Kafka has not got yet, written with what they are the outcome of.
create table push.outbox (
    sequence bigint generated always as identity primary key,
    outcome jsonb not null
);
