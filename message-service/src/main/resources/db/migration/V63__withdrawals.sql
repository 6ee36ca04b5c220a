-- Recipients from whose mailboxes the copies of a recalled message are taken, or to whom they are given back: one row
-- each, by what was asked last. Known to PostgreSQL alone, as are the copies.
create table message.withdrawal (
    tenant     text        not null,
    mail_id    uuid        not null,
    recipient  text        not null,
    address    text        not null,
    revision   integer     not null,
    goal       text        not null check (goal in ('withdrawn', 'restored')),
    actor      text        not null,
    state      text        not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
    since      timestamptz not null,
    due_at     timestamptz not null,
    held_until timestamptz not null default '-infinity',
    attempts   integer     not null default 0,
    outcome    text,
    copies     integer     not null default 0,
    settled_at timestamptz,
    primary key (tenant, mail_id, recipient),
    foreign key (tenant, mail_id) references message.mail (tenant, id) on delete cascade
);

create index withdrawal_due on message.withdrawal (due_at) where state = 'waiting';

-- A copy that was taken, noted before it is: without it nobody would know where it has to go back to. target is null where
-- it was flagged and not moved.
create table message.withdrawn_copy (
    tenant    text  not null,
    mail_id   uuid  not null,
    recipient text  not null,
    account   text  not null,
    email     text  not null,
    origins   jsonb not null,
    target    text,
    keyword   text,
    primary key (tenant, mail_id, recipient, account, email),
    check ((target is null) <> (keyword is null)),
    foreign key (tenant, mail_id, recipient) references message.withdrawal (tenant, mail_id, recipient) on delete cascade
);
