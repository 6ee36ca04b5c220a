-- What is known of a message. A fact may be here before its receipt: then received is null.
create table message.mail (
    tenant       text        not null,
    id           uuid        not null,
    received     jsonb,
    submitter    text,
    traceparent  text,
    deadline     timestamptz,
    scan         jsonb,
    assessment   jsonb,
    revision     integer     not null default 0,
    known_since  timestamptz not null default now(),
    primary key (tenant, id),
    check ((received is null) = (deadline is null) and (received is null) = (traceparent is null))
);

-- What the sweep of deadlines looks for: few rows, whatever the table holds.
create index mail_awaiting_judgement on message.mail (deadline) where revision = 0 and deadline is not null;

-- Every judgement of a message. Never changed but for the time its answer was sent.
create table message.judgement (
    tenant         text        not null,
    mail_id        uuid        not null,
    revision       integer     not null check (revision > 0),
    settled        boolean     not null,
    content        jsonb       not null,
    judged_at      timestamptz not null,
    handed_over_at timestamptz,
    primary key (tenant, mail_id, revision),
    foreign key (tenant, mail_id) references message.mail (tenant, id) on delete cascade
);

-- Events that were kept with the state they are about and are not told yet, or not known to be.
create table message.outbox (
    sequence bigint generated always as identity primary key,
    tenant   text        not null,
    mail_id  uuid        not null,
    topic    text        not null,
    key      text        not null,
    headers  jsonb       not null,
    value    text        not null,
    kept_at  timestamptz not null
);

create index outbox_kept_at on message.outbox (kept_at);

-- The message that an idempotency key stands for.
create table message.intake_key (
    tenant      text        not null,
    subject     text        not null,
    key         text        not null,
    fingerprint text        not null,
    received    jsonb       not null,
    traceparent text        not null,
    told        boolean     not null default false,
    reserved_at timestamptz not null,
    primary key (tenant, subject, key)
);

create index intake_key_reserved_at on message.intake_key (reserved_at);
