-- Which word about a mail was learned last. It holds nothing of the mail.
create table spam.learned (
    tenant   text        not null,
    mail_id  uuid        not null,
    revision integer     not null,
    class    text        not null,
    at       timestamptz not null,
    primary key (tenant, mail_id)
);

-- What expiry goes by.
create index learned_at on spam.learned (at);
