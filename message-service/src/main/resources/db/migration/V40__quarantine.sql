-- What is searched: one row for each recipient of a judged message, as that recipient would have it. Everything in it
-- follows from message.mail and message.judgement but for released_at, which follows from message.release.
create table message.entry (
    tenant           text        not null,
    received_at      timestamptz not null,
    mail_id          uuid        not null,
    recipient        text        not null,
    address          text        not null,
    sender_domain    text        not null,
    disposition      text        not null,
    verdict          text        not null,
    class            text        not null,
    revision         integer     not null,
    reasons          jsonb       not null,
    size             bigint      not null,
    handed           text,
    released_at      timestamptz,
    words            tsvector    not null,
    -- Backwards, the order of every page.
    primary key (tenant, received_at, mail_id, recipient)
) partition by range (received_at);

create table message.entry_rest partition of message.entry default;

create index entry_recipient on message.entry (tenant, recipient, received_at, mail_id);
create index entry_disposition on message.entry (tenant, disposition, received_at, mail_id, recipient);
create index entry_class on message.entry (tenant, class, received_at, mail_id, recipient);
create index entry_sender on message.entry (tenant, sender_domain, received_at, mail_id, recipient);
create index entry_words on message.entry using gin (words);
create index entry_mail on message.entry (tenant, mail_id);

-- A partition for each month from the one of that day on. One that cannot be made, because rows of its time lie in the
-- rest already, is left to the rest.
create function message.make_entry_partitions(since date, months integer) returns void language plpgsql as $$
declare
    first date := date_trunc('month', since);
    month date;
begin
    for i in 0 .. months - 1 loop
        month := first + make_interval(months => i);
        begin
            execute format('create table if not exists message.%I partition of message.entry for values from (%L) to (%L)',
                'entry_' || to_char(month, 'YYYY_MM'), month::timestamp at time zone 'UTC',
                (month + interval '1 month')::timestamp at time zone 'UTC');
        exception when check_violation then
            null;
        end;
    end loop;
end $$;

select message.make_entry_partitions((now() at time zone 'UTC')::date - 31, 4);

-- By trigger, so that what a replica of the version before judges is found too.
create function message.index_judgement() returns trigger language plpgsql as $$
begin
    insert into message.entry
        (tenant, received_at, mail_id, recipient, address, sender_domain, disposition, verdict, class, revision, reasons,
         size, released_at, words)
    select distinct on (lower(r.value ->> 'recipient'))
        new.tenant, (new.received ->> 'receivedAt')::timestamptz, new.id, lower(r.value ->> 'recipient'),
        r.value ->> 'recipient', lower(substring(new.received -> 'envelope' ->> 'from' from '[^@]*$')),
        r.value ->> 'disposition', j.content ->> 'verdict', j.content ->> 'mailClass', j.revision,
        coalesce(r.value -> 'reasons', '[]'), (new.received -> 'object' ->> 'size')::bigint,
        null, jsonb_to_tsvector('simple', coalesce(r.value -> 'reasons', '[]'), '["string"]')
    from message.judgement j, jsonb_array_elements(j.content -> 'recipients') r
    where j.tenant = new.tenant and j.mail_id = new.id and j.revision = new.revision
    on conflict (tenant, received_at, mail_id, recipient) do update
    set disposition = excluded.disposition, verdict = excluded.verdict, class = excluded.class,
        revision = excluded.revision, reasons = excluded.reasons, words = excluded.words
    where message.entry.revision < excluded.revision;
    return null;
end $$;

-- What was answered for each recipient, by their hashes, when it was not what the judgement says.
alter table message.judgement add column answered jsonb;

-- What a recipient was last told to be given: an entry that is better now offers its release.
create function message.note_hand_over() returns trigger language plpgsql as $$
begin
    update message.entry e set handed = r.value ->> 'disposition'
    from jsonb_array_elements(new.content -> 'recipients') r
    where e.tenant = new.tenant and e.mail_id = new.mail_id and e.recipient = lower(r.value ->> 'recipient');
    return null;
end $$;

create trigger judgement_handed_over after update of handed_over_at on message.judgement
    for each row when (new.handed_over_at is not null) execute function message.note_hand_over();

create trigger mail_judged after update of revision on message.mail
    for each row when (new.revision > old.revision) execute function message.index_judgement();

-- What was judged before there was an index: the trigger sees the same change once more.
create function message.index_again() returns void language sql as $$
    insert into message.entry
        (tenant, received_at, mail_id, recipient, address, sender_domain, disposition, verdict, class, revision, reasons,
         size, released_at, words)
    select distinct on (m.tenant, m.id, lower(r.value ->> 'recipient'))
        m.tenant, (m.received ->> 'receivedAt')::timestamptz, m.id, lower(r.value ->> 'recipient'),
        r.value ->> 'recipient', lower(substring(m.received -> 'envelope' ->> 'from' from '[^@]*$')),
        r.value ->> 'disposition', j.content ->> 'verdict', j.content ->> 'mailClass', j.revision,
        coalesce(r.value -> 'reasons', '[]'), (m.received -> 'object' ->> 'size')::bigint,
        null, jsonb_to_tsvector('simple', coalesce(r.value -> 'reasons', '[]'), '["string"]')
    from message.mail m
    join message.judgement j on j.tenant = m.tenant and j.mail_id = m.id and j.revision = m.revision
    cross join jsonb_array_elements(j.content -> 'recipients') r
    where m.received is not null
    on conflict do nothing
$$;

select message.index_again();

-- What retention goes by.
create index mail_known_since on message.mail (known_since);

-- A release that was asked for. done_at is null while the mail server has not taken it.
create table message.release (
    tenant       text        not null,
    mail_id      uuid        not null,
    id           uuid        not null,
    recipients   jsonb       not null,
    actor        text        not null,
    means        text        not null,
    requested_at timestamptz not null,
    done_at      timestamptz,
    primary key (tenant, mail_id, id),
    foreign key (tenant, mail_id) references message.mail (tenant, id) on delete cascade
);

-- Passes of released messages that came in again: each is good once.
create table message.used_pass (
    pass    uuid        primary key,
    used_at timestamptz not null
);

-- What was derived from a message and lies in the store.
create table message.derived (
    tenant    text not null,
    mail_id   uuid not null,
    object_id text not null,
    primary key (tenant, mail_id, object_id)
);

-- A message that is being deleted: its rows are gone, its objects are to be erased, and only then is it told.
create table message.erasure (
    tenant     text        not null,
    mail_id    uuid        not null,
    objects    jsonb       not null,
    cause      text        not null,
    actor      text,
    traceparent text       not null,
    asked_at   timestamptz not null,
    primary key (tenant, mail_id)
);

-- A message that was deleted, for as long as its facts may come again from Kafka.
create table message.tombstone (
    tenant     text        not null,
    id         uuid        not null,
    deleted_at timestamptz not null,
    cause      text        not null,
    primary key (tenant, id)
);

create table message.audit (
    tenant  text        not null,
    at      timestamptz not null,
    entry   uuid        not null,
    actor   text        not null,
    act     text        not null,
    outcome text        not null,
    mail_id uuid,
    target  text,
    detail  text,
    primary key (tenant, at, entry)
);

create index audit_mail on message.audit (tenant, mail_id) where mail_id is not null;

-- What somebody said a message is, by rising revision.
create table message.feedback (
    tenant   text        not null,
    mail_id  uuid        not null,
    revision integer     not null,
    class    text        not null,
    actor    text        not null,
    at       timestamptz not null,
    primary key (tenant, mail_id, revision),
    foreign key (tenant, mail_id) references message.mail (tenant, id) on delete cascade
);

-- An act may be about no message.
alter table message.outbox alter column mail_id drop not null;
