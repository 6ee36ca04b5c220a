-- The trail grows with the mail: an act for each message that was deleted, remembered for a year. By months it leaves month
-- by month. The table that was there becomes the partition of all that was until now; nobody who writes to it notices.
alter table message.audit rename to audit_past;
alter table message.audit_past rename constraint audit_pkey to audit_past_pkey;
alter index message.audit_mail rename to audit_past_mail;

create table message.audit (like message.audit_past) partition by range (at);
alter table message.audit add constraint audit_pkey primary key (tenant, at, entry);
create index audit_mail on message.audit (tenant, mail_id) where mail_id is not null;
create table message.audit_rest partition of message.audit default;

-- A partition for each month from the one of that day on. One that cannot be made, because rows of its time lie in the rest
-- or in another partition, is left to that.
create function message.make_audit_partitions(since date, months integer) returns void language plpgsql as $$
declare
    first date := date_trunc('month', since);
    month date;
begin
    for i in 0 .. months - 1 loop
        month := first + make_interval(months => i);
        begin
            execute format('create table if not exists message.%I partition of message.audit for values from (%L) to (%L)',
                'audit_' || to_char(month, 'YYYY_MM'), month::timestamp at time zone 'UTC',
                (month + interval '1 month')::timestamp at time zone 'UTC');
        exception when check_violation or invalid_object_definition then
            null;
        end;
    end loop;
end $$;

do $$
declare
    border timestamptz := (date_trunc('month', now() at time zone 'UTC') + interval '1 month') at time zone 'UTC';
begin
    -- What a clock that was ahead wrote.
    with ahead as (delete from message.audit_past where at >= border returning *)
    insert into message.audit select * from ahead;
    execute format('alter table message.audit attach partition message.audit_past for values from (minvalue) to (%L)', border);
    perform message.make_audit_partitions((border at time zone 'UTC')::date, 2);
end $$;

-- The partitions of a table that end at that time or before.
create function message.partitions_until(parent regclass, before timestamptz) returns setof regclass language sql stable as $$
    select p.inhrelid::regclass
    from pg_inherits p
    join pg_class c on c.oid = p.inhrelid
    where p.inhparent = parent
    and (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \(''([^'']+)''\)'))[1]::timestamptz <= before
$$;

-- Forgets acts that are older: month by month, and one by one what lies in no month. Where somebody has the trail in hand
-- for long, a month is left to the next time.
create function message.forget_acts(before timestamptz) returns void language plpgsql set lock_timeout = '2s' as $$
declare
    month regclass;
begin
    if to_regclass('message.audit_past') is not null then
        delete from message.audit_past where at < before;
    end if;
    delete from message.audit_rest where at < before;
    for month in select * from message.partitions_until('message.audit', before) loop
        begin
            execute 'drop table ' || month;
        exception when lock_not_available then
            return;
        end;
    end loop;
end $$;

-- Takes away months of the index that are over and empty, for their messages are deleted.
create function message.drop_empty_entry_partitions(before timestamptz) returns void language plpgsql
set lock_timeout = '2s' as $$
declare
    month regclass;
    filled boolean;
begin
    for month in select * from message.partitions_until('message.entry', before) loop
        execute format('select exists (select from %s)', month) into filled;
        if not filled then
            begin
                -- So that nothing comes into it any more before it is looked at again.
                lock table message.entry in access exclusive mode;
                execute format('select exists (select from %s)', month) into filled;
                if not filled then
                    execute 'drop table ' || month;
                end if;
            exception when lock_not_available then
                return;
            end;
        end if;
    end loop;
end $$;
