-- How many devices an owner subscribed in the hour that began then: each of them makes us push to where its owner says, and
-- deleting it again does not take that back.
create table push.newcomers (
    tenant text not null,
    owner text not null,
    begun_at timestamptz not null,
    devices integer not null,
    primary key (tenant, owner)
);
