package org.postern.push.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postern.events.push.AccountId;
import org.postern.events.push.PushOutcome;
import org.postern.events.push.PushResult;
import org.postern.push.delivery.Circuits;
import org.postern.push.delivery.DuePush;
import org.postern.push.delivery.PendingPushes;
import org.postern.push.delivery.PushContent;
import org.postern.push.delivery.PushSender;
import org.postern.push.delivery.RetrySchedule;
import org.postern.push.delivery.SendPushes;
import org.postern.push.delivery.SendResult;
import org.postern.push.subscription.Destination;
import org.postern.push.subscription.DeviceSubscription;
import org.postern.push.subscription.SubscriptionId;

/** Devices under a storm of changes, on a clock of our own. */
class BudgetIT {
    private static final AccountId ACCOUNT = AccountId.of("account");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration SWEEP = Duration.ofMillis(200);

    private final PushDatabase database = new PushDatabase();
    private final MovedClock clock = new MovedClock();
    private final Recorder devices = new Recorder();
    private final SendPushes sends = new SendPushes(
            database.pending(),
            devices,
            new RetrySchedule(Duration.ofSeconds(2), Duration.ofMinutes(30), Duration.ofHours(24)),
            new Circuits(5, Duration.ofSeconds(5), Duration.ofMinutes(5), 64),
            new SendPushes.Sends() {
                @Override
                public void sent(DuePush push, SendResult result) {}

                @Override
                public void postponed(DuePush push) {}
            },
            Runnable::run,
            128,
            Duration.ofSeconds(30),
            clock);
    private final SubscriptionId phone = database.verified(ACCOUNT, new Destination.Firebase("token", null), START)
            .id();
    private final SubscriptionId browser = database.verified(
                    ACCOUNT, new Destination.WebPush("https://push.example.com/x", "p", "a"), START)
            .id();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void tenThousandChangesInAMinuteAreAFewPushesAndTheLastStateArrives() {
        for (int i = 1; i <= 10_000; i++) {
            clock.now = START.plusMillis(i * 6L);
            database.change(ACCOUNT, i % 2 == 0 ? "Email" : "Mailbox", "state" + i, i, clock.now);
            if (i % 33 == 0) {
                sends.sweep();
            }
        }
        untilQuiet();

        for (SubscriptionId device : List.of(phone, browser)) {
            assertThat(devices.told.get(device)).hasSizeBetween(3, 20);
            assertThat(devices.newest(device))
                    .containsEntry("Email", "state10000")
                    .containsEntry("Mailbox", "state9999");
        }
    }

    @Test
    void aTrickleOfAnHourStaysWithinTheBudgetOfFirebaseAndTheLastStateArrives() {
        int changes = 360;
        for (int i = 1; i <= changes; i++) {
            Instant next = START.plusSeconds(i * 10L);
            for (clock.now = next.minusSeconds(9); clock.now.isBefore(next); clock.now = clock.now.plusSeconds(1)) {
                sends.sweep();
            }
            database.change(ACCOUNT, "Email", "state" + i, i, clock.now);
        }
        int budget = 20 + 60 / 3;
        assertThat(devices.told.get(phone)).hasSizeBetween(budget - 2, budget);
        untilQuiet();
        assertThat(devices.newest(phone)).containsEntry("Email", "state" + changes);
        assertThat(devices.told.get(browser)).hasSizeGreaterThan(changes / 2);
    }

    @Test
    void aDeviceHasFourCollapseKeysAndWhatDoesNotCollapseTakesNothingAway() {
        List<String> types = List.of("Email", "Mailbox", "Thread", "Identity", "Calendar", "Email");
        for (int i = 0; i < types.size(); i++) {
            clock.now = START.plusSeconds(i * 60L);
            database.change(ACCOUNT, types.get(i), "state" + i, i, clock.now);
            clock.now = clock.now.plusSeconds(30);
            sends.sweep();
        }
        List<PushContent.StateChange> told = devices.told.get(phone);
        assertThat(told).hasSize(6);
        assertThat(told.get(4).collapses()).isFalse();
        Set<String> keys = told.stream()
                .filter(PushContent.StateChange::collapses)
                .map(PushContent.StateChange::topic)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(keys).hasSize(4);
        assertThat(told.getLast().topic()).isEqualTo(told.getFirst().topic());
        assertThat(devices.told.get(browser)).allMatch(PushContent.StateChange::collapses);
    }

    @Test
    void whatWaitsIsCounted() {
        assertThat(database.pending().backlog(START)).isEqualTo(new PendingPushes.Backlog(0, Duration.ZERO, 0));
        database.change(ACCOUNT, "Email", "state", 1, START);
        assertThat(database.pending().backlog(START)).isEqualTo(new PendingPushes.Backlog(2, Duration.ZERO, 0));
        assertThat(database.pending().backlog(START.plusSeconds(61)).overdue())
                .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(61));
        clock.now = START.plusSeconds(1);
        DuePush given = taken(database.pending(), Duration.ofSeconds(30));
        database.pending().dropped(given, outcome(given), "status-413", clock.now);
        assertThat(database.pending().backlog(START)).isEqualTo(new PendingPushes.Backlog(1, Duration.ZERO, 1));
    }

    @Test
    void whatIsTooMuchForOnePushIsToldByTwo() {
        for (int i = 0; i < 20; i++) {
            database.change(ACCOUNT, "Type" + i, "s".repeat(254) + (i % 10), i, START);
        }
        untilQuiet();
        assertThat(devices.told.get(phone)).hasSize(2);
        assertThat(devices.newest(phone)).hasSize(20);
    }

    @Test
    void whatASenderWithAnOldPushSettlesIsNotWhatCameAfterIt() {
        database.change(ACCOUNT, "Email", "first", 1, START);
        clock.now = START.plusSeconds(1);
        JdbcPendingPushes pending = database.pending();
        Duration lease = Duration.ofSeconds(30);
        DuePush slow = taken(pending, lease);
        clock.now = clock.now.plusSeconds(31);
        sends.sweep();
        assertThat(devices.newest(phone)).containsEntry("Email", "first");

        database.change(ACCOUNT, "Email", "second", 2, clock.now);
        pending.delivered(slow, outcome(slow), clock.now);

        untilQuiet();
        assertThat(devices.newest(phone)).containsEntry("Email", "second");
    }

    private DuePush taken(JdbcPendingPushes pending, Duration lease) {
        return pending.take(10, lease, clock.now).stream()
                .filter(push -> push.subscription().id().equals(phone))
                .findFirst()
                .orElseThrow();
    }

    private PushOutcome outcome(DuePush push) {
        return new PushOutcome(
                push.subscription().tenant(),
                push.subscription().account(),
                push.subscription().id().toString(),
                push.id(),
                push.subscription().destination().channel(),
                PushResult.DELIVERED,
                clock.now);
    }

    private void untilQuiet() {
        for (int i = 0;
                i < 10_000
                        && !database.texts("select 1 from push.pending limit 1").isEmpty();
                i++) {
            clock.now = clock.now.plus(SWEEP);
            sends.sweep();
        }
    }

    /** Devices that take everything. */
    private static final class Recorder implements PushSender {
        private final Map<SubscriptionId, List<PushContent.StateChange>> told = new HashMap<>();

        @Override
        public void check(Destination destination) {}

        @Override
        public SendResult send(DeviceSubscription subscription, PushContent content) {
            told.computeIfAbsent(subscription.id(), id -> new ArrayList<>()).add((PushContent.StateChange) content);
            return new SendResult.Delivered();
        }

        /** What a device knows by now. */
        Map<String, String> newest(SubscriptionId device) {
            Map<String, String> known = new HashMap<>();
            told.getOrDefault(device, List.of())
                    .forEach(change -> known.putAll(change.states().states()));
            return known;
        }
    }

    private static final class MovedClock extends Clock {
        private Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
