-- The allow and block lists: known to PostgreSQL alone, and in its backups.
create table message.list_entry (
    tenant     text        not null,
    id         uuid        not null,
    list       text        not null check (list in ('allow', 'block')),
    about      text        not null,
    scope      text,
    expires_at timestamptz,
    added_at   timestamptz not null,
    primary key (tenant, id)
);

create unique index list_entry_of_about on message.list_entry (tenant, list, about, coalesce(scope, ''));
