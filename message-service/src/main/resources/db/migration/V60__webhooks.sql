-- Endpoints that are told of events: known to PostgreSQL alone, and in its backups. Their secrets are derived, not kept.
create table message.webhook (
    tenant         text        not null,
    id             uuid        not null,
    url            text        not null,
    topics         jsonb       not null,
    created_at     timestamptz not null,
    secret_version integer     not null default 1,
    previous_until timestamptz,
    suspended_at   timestamptz,
    suspension     text,
    failures       integer     not null default 0,
    rest_until     timestamptz,
    primary key (tenant, id),
    check ((suspended_at is null) = (suspension is null))
);

-- An event for one webhook. One that was delivered stays a while, without its body, so that an event that is read from
-- Kafka again is not sent again.
create table message.webhook_delivery (
    tenant   text        not null,
    webhook  uuid        not null,
    event    uuid        not null,
    topic    text        not null,
    body     text        not null,
    since    timestamptz not null,
    attempts integer     not null default 0,
    state    text        not null default 'waiting' check (state in ('waiting', 'delivered', 'dead')),
    due_at   timestamptz not null,
    reason   text,
    at       timestamptz,
    primary key (webhook, event),
    foreign key (tenant, webhook) references message.webhook (tenant, id) on delete cascade
);

create index webhook_delivery_due on message.webhook_delivery (webhook, due_at) where state = 'waiting';
create index webhook_delivery_settled on message.webhook_delivery (at) where state <> 'waiting';
create index webhook_delivery_dead on message.webhook_delivery (webhook, event) where state = 'dead';
