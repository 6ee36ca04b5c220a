-- What readers were told of: known to PostgreSQL alone. Without it they are told once more.
create table message.digest (
    tenant        text        not null,
    recipient     text        not null,
    covered_until timestamptz not null,
    told_at       timestamptz not null,
    primary key (tenant, recipient)
);
