-- Of which accounts was said whether their devices hear our EmailDelivery. The rest is as the installation is configured.
create table push.email_delivery (
    tenant text not null,
    account text not null,
    ours boolean not null,
    primary key (tenant, account)
);
