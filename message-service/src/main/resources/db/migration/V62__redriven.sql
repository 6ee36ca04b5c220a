-- Dead letters that were put back: Kafka keeps them until their time is over, so it has to be known here.
create table message.redriven (
    topic text        not null,
    place text        not null,
    at    timestamptz not null,
    primary key (topic, place)
);
