-- What mail servers handed in lately: by the fingerprint a message that comes again is recognised, by the sender the
-- messages of one authenticated user are counted. Written with the receipt, and so rebuilt from Kafka with it.
create table message.smtp_try (
    tenant      text        not null,
    mail_id     uuid        not null,
    fingerprint text        not null,
    sender      text,
    recipients  integer     not null,
    received_at timestamptz not null,
    primary key (tenant, mail_id)
);

create index smtp_try_fingerprint on message.smtp_try (tenant, fingerprint, received_at desc);
create index smtp_try_sender on message.smtp_try (tenant, sender, received_at) where sender is not null;
create index smtp_try_received_at on message.smtp_try (received_at);
