-- Readers from whom something is held, in their order: who is to be told by letter is found page by page along it.
create index entry_held on message.entry (tenant, recipient, received_at)
    where disposition = 'quarantine' and released_at is null;
