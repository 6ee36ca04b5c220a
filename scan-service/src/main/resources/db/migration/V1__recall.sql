-- What was last said about each message, for as long as it may be scanned again. Made of mail.received.v1 and
-- mail.scanned.v1, which come in either order; whoever loses it gets it back from there.
create table scan.memory (
    tenant text not null,
    message_id uuid not null,
    content text,
    verdict text,
    attempt integer,
    engine text,
    signatures text,
    told_at timestamptz,
    noted_at timestamptz not null,
    primary key (tenant, message_id)
);
create index memory_by_content on scan.memory (content, signatures);
create index memory_by_time on scan.memory (noted_at);

-- One row for each change of the signatures: everything received since then is scanned again. The first row says what
-- there was when this schema was made.
create table scan.recall_run (
    id bigint generated always as identity primary key,
    signatures text not null,
    attempt integer not null unique,
    since timestamptz not null,
    until timestamptz not null,
    begun_at timestamptz not null,
    ended_at timestamptz
);

-- How far a run is in each partition of mail.received.v1.
create table scan.recall_point (
    run_id bigint not null references scan.recall_run on delete cascade,
    part integer not null,
    next_offset bigint not null,
    end_offset bigint not null,
    ended boolean not null default false,
    scanned bigint not null default 0,
    worse bigint not null default 0,
    better bigint not null default 0,
    known bigint not null default 0,
    gone bigint not null default 0,
    failed bigint not null default 0,
    primary key (run_id, part)
);
