package org.postern.message.withdrawal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.postern.events.mail.AuditOutcome;
import org.postern.events.mail.AuditedAct;
import org.postern.events.mail.MailPath;
import org.postern.events.mail.MailReceived;
import org.postern.message.jmap.JmapMailboxes;
import org.postern.message.quarantine.Act;
import org.postern.message.withdrawal.WithdrawalTerms.Action;
import org.postern.outbound.Network;
import org.postern.testsupport.James;

/** Copies in the mailboxes of a real mail server: withdrawn, flagged, given back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WithdrawalIT {
    private static final List<Network> LOOPBACK = List.of(Network.of("127.0.0.0/8"));

    private James james;
    private Suite suite;
    private JmapMailboxes delegate;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        james = James.start();
        suite = new Suite(folder, James.PASSWORD);
        james.user("postern");
        delegate = suite.jmap(james.url(), suite.login("postern@example.org", null), LOOPBACK);
    }

    @AfterAll
    void stop() throws Exception {
        delegate.close();
        suite.close();
        james.close();
    }

    @Test
    void movesTheCopiesAndNothingElseAndGivesThemBack() throws Exception {
        JmapEye bob = mailbox("bob");
        byte[] bad = mail("Invoice", "<invoice@example.net>", "Pay now.");
        MailReceived recalled = suite.received(bad, MailPath.MILTER, "bob@example.org");
        deliver("bob", Suite.stamped(recalled.messageId(), bad));
        // Of another, with the same Message-ID; the same text, which came in another time; a copy that was sorted away.
        deliver("bob", mail("Mine", "<invoice@example.net>", "Something else."));
        deliver(
                "bob",
                Suite.stamped(
                        org.postern.events.MessageId.random(), mail("Invoice", "<invoice@example.net>", "Pay now.")));
        assertThat(suite.recalled(recalled, 2)).isEqualTo(1);
        assertThat(suite.recalled(recalled, 2)).isZero();

        suite.work(delegate, Action.MOVE);

        assertThat(bob.subjects())
                .isEqualTo(Map.of("INBOX", List.of("Invoice", "Mine"), "Quarantine", List.of("Invoice")));
        assertThat(suite.progress(recalled)).singleElement().satisfies(progress -> {
            assertThat(progress.outcome()).isEqualTo("moved");
            assertThat(progress.state()).isEqualTo("done");
            assertThat(progress.copies()).isEqualTo(1);
        });
        assertThat(suite.restore(recalled)).hasSize(1);
        assertThat(suite.restore(recalled)).isEmpty();

        suite.work(delegate, Action.MOVE);

        assertThat(bob.subjects()).isEqualTo(Map.of("INBOX", List.of("Invoice", "Invoice", "Mine")));
        assertThat(suite.acts(recalled))
                .extracting(
                        Act::act, Act::outcome, Act::detail, act -> act.actor().name())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                AuditedAct.COPIES_RESTORED, AuditOutcome.DONE, "restored 1", "root"),
                        org.assertj.core.groups.Tuple.tuple(
                                AuditedAct.COPIES_WITHDRAWN, AuditOutcome.DONE, "moved 1", "postern"));
        assertThat(suite.told)
                .extracting(event -> event.event().json())
                .noneMatch(json -> json.contains("bob@example.org") && json.contains("copies-"));
    }

    @Test
    void givesACopyBackToTheMailboxTheReaderHadItIn() throws Exception {
        JmapEye eve = mailbox("eve");
        byte[] bad = mail("Sorted", "<sorted@example.net>", "Sorted.");
        MailReceived recalled = suite.received(bad, MailPath.MILTER, "eve@example.org");
        deliver("eve", Suite.stamped(recalled.messageId(), bad));
        eve.move("Sorted", "Bills");
        suite.recalled(recalled, 2);
        suite.work(delegate, Action.MOVE);
        assertThat(eve.subjects()).isEqualTo(Map.of("Quarantine", List.of("Sorted")));

        suite.restore(recalled);
        suite.work(delegate, Action.MOVE);
        assertThat(eve.subjects()).isEqualTo(Map.of("Bills", List.of("Sorted")));

        suite.withdrawals.ask(
                recalled.tenant(), recalled.messageId(), null, Goal.WITHDRAWN, suite.admin(), suite.now());
        suite.work(delegate, Action.MOVE);
        eve.removeMailbox("Bills");
        suite.restore(recalled);
        suite.work(delegate, Action.MOVE);
        assertThat(eve.subjects()).isEqualTo(Map.of("INBOX", List.of("Sorted")));
    }

    @Test
    void leavesAloneWhatTheReaderTookOutOfQuarantine() throws Exception {
        JmapEye kim = mailbox("kim");
        byte[] bad = mail("Kept", "<kept@example.net>", "Kept.");
        MailReceived recalled = suite.received(bad, MailPath.MILTER, "kim@example.org");
        deliver("kim", Suite.stamped(recalled.messageId(), bad));
        suite.recalled(recalled, 2);
        suite.work(delegate, Action.MOVE);
        kim.move("Kept", "Mine");

        suite.restore(recalled);
        suite.work(delegate, Action.MOVE);

        assertThat(kim.subjects()).isEqualTo(Map.of("Mine", List.of("Kept")));
        assertThat(suite.progress(recalled)).singleElement().satisfies(progress -> assertThat(progress.outcome())
                .isEqualTo("nothing-left"));
    }

    @Test
    void findsAMailThatWeDidNotStampByAllOfItsFields() throws Exception {
        JmapEye lee = mailbox("lee");
        byte[] bad = mail("Handed over", "<rest@example.net>", "By REST.");
        MailReceived recalled = suite.received(bad, MailPath.REST, "lee+lists@example.org");
        deliver("lee", bad);
        // Same text and Message-ID, another sender: that of somebody who had this one recalled to have the other moved.
        deliver(
                "lee",
                new String(bad, StandardCharsets.US_ASCII)
                        .replace("ann@example.net", "eve@example.net")
                        .getBytes(StandardCharsets.US_ASCII));
        suite.recalled(recalled, 2);

        suite.work(delegate, Action.MOVE);

        assertThat(lee.subjects())
                .isEqualTo(Map.of("INBOX", List.of("Handed over"), "Quarantine", List.of("Handed over")));
    }

    @Test
    void flagsInsteadAndTakesTheFlagAwayAgain() throws Exception {
        JmapEye max = mailbox("max");
        byte[] bad = mail("Flag", "<flag@example.net>", "Flag me.");
        MailReceived recalled = suite.received(bad, MailPath.MILTER, "max@example.org");
        deliver("max", Suite.stamped(recalled.messageId(), bad));
        suite.recalled(recalled, 2);

        suite.work(delegate, Action.FLAG);
        assertThat(max.keywords("Flag")).contains("$junk");
        assertThat(max.subjects()).isEqualTo(Map.of("INBOX", List.of("Flag")));

        suite.restore(recalled);
        suite.work(delegate, Action.FLAG);
        assertThat(max.keywords("Flag")).isEmpty();
    }

    @Test
    void worksForTheRecipientsItCanAndWaitsForMailThatIsOnItsWay() throws Exception {
        JmapEye pat = mailbox("pat");
        byte[] bad = mail("Late", "<late@example.net>", "Late.");
        MailReceived recalled = suite.received(bad, MailPath.MILTER, "pat@example.org", "alias@example.org");
        suite.recalled(recalled, 2);

        suite.work(delegate, Action.MOVE);

        assertThat(suite.progress(recalled))
                .satisfiesExactly(
                        alias -> {
                            assertThat(alias.state()).isEqualTo("failed");
                            assertThat(alias.outcome()).isEqualTo("no-mailbox");
                        },
                        patient -> {
                            assertThat(patient.state()).isEqualTo("waiting");
                            assertThat(patient.outcome()).isEqualTo("not-found");
                        });
        deliver("pat", Suite.stamped(recalled.messageId(), bad));
        suite.work(delegate, Action.MOVE);
        assertThat(pat.subjects()).containsKey("INBOX");
        after(Duration.ofMinutes(2), () -> suite.work(delegate, Action.MOVE));
        assertThat(pat.subjects()).isEqualTo(Map.of("Quarantine", List.of("Late")));
    }

    @Test
    void goesOnWhereItDiedAndKnowsWhereTheCopyWas() throws Exception {
        JmapEye ray = mailbox("ray");
        byte[] bad = mail("Crash", "<crash@example.net>", "Crash.");
        MailReceived recalled = suite.received(bad, MailPath.MILTER, "ray@example.org");
        deliver("ray", Suite.stamped(recalled.messageId(), bad));
        ray.move("Crash", "Work");
        suite.recalled(recalled, 2);

        suite.work(
                recipient -> meddled(delegate.open(recipient), (mailbox, state, edits) -> {
                    assertThat(mailbox.change(state, edits)).isEmpty();
                    throw new MailServerException(MailServerException.Kind.MAILBOX, "died");
                }),
                Action.MOVE);
        assertThat(ray.subjects()).isEqualTo(Map.of("Quarantine", List.of("Crash")));
        assertThat(suite.progress(recalled)).singleElement().satisfies(progress -> assertThat(progress.state())
                .isEqualTo("waiting"));
        after(Duration.ofMinutes(2), () -> suite.work(delegate, Action.MOVE));
        assertThat(suite.progress(recalled)).singleElement().satisfies(progress -> assertThat(progress.outcome())
                .isEqualTo("moved"));

        suite.restore(recalled);
        after(Duration.ofMinutes(3), () -> suite.work(delegate, Action.MOVE));
        assertThat(ray.subjects()).isEqualTo(Map.of("Work", List.of("Crash")));
    }

    @Test
    void decidesAnewWhereTheReaderMovedTheCopyMeanwhile() throws Exception {
        JmapEye ann = mailbox("ann");
        byte[] bad = mail("Race", "<race@example.net>", "Race.");
        MailReceived recalled = suite.received(bad, MailPath.MILTER, "ann@example.org");
        deliver("ann", Suite.stamped(recalled.messageId(), bad));
        suite.recalled(recalled, 2);
        AtomicInteger changes = new AtomicInteger();

        suite.work(
                recipient -> meddled(delegate.open(recipient), (mailbox, state, edits) -> {
                    if (changes.getAndIncrement() == 0) {
                        ann.move("Race", "Later");
                        throw new MailServerException(MailServerException.Kind.CHANGED, "jmap-stateMismatch");
                    }
                    return mailbox.change(state, edits);
                }),
                Action.MOVE);
        assertThat(ann.subjects()).isEqualTo(Map.of("Quarantine", List.of("Race")));

        suite.restore(recalled);
        suite.work(delegate, Action.MOVE);
        assertThat(ann.subjects()).isEqualTo(Map.of("Later", List.of("Race")));
    }

    @Test
    void isInTheHandsOfOneAtATimeWhateverIsAskedMeanwhile() throws Exception {
        MailReceived recalled =
                suite.received(mail("Solo", "<solo@example.net>", "Solo."), MailPath.MILTER, "solo@example.org");
        suite.recalled(recalled, 2);
        Withdrawal inHand = taken(recalled).orElseThrow();
        assertThat(taken(recalled)).isEmpty();

        suite.restore(recalled);
        assertThat(suite.withdrawals.note(inHand, List.of())).isFalse();
        assertThat(taken(recalled)).isEmpty();

        suite.withdrawals.settle(inHand, Outcome.moved(1), suite.now());
        assertThat(suite.acts(recalled)).isEmpty();
        assertThat(taken(recalled))
                .hasValueSatisfying(next -> assertThat(next.goal()).isEqualTo(Goal.RESTORED));
    }

    /** The next that is due of that message; what other tests left is passed over. */
    private Optional<Withdrawal> taken(MailReceived mail) {
        Optional<Withdrawal> next = suite.withdrawals.take(
                Duration.ofMinutes(1), suite.now(), suite.now().plus(Duration.ofDays(365)));
        while (next.isPresent() && !next.get().message().equals(mail.messageId())) {
            next = suite.withdrawals.take(
                    Duration.ofMinutes(1), suite.now(), suite.now().plus(Duration.ofDays(365)));
        }
        return next;
    }

    @Test
    void opensAMailboxOnBehalfOfItsOwnerWhereTheServerTrustsUs() throws Exception {
        james.user("zoe");
        JmapEye zoe = new JmapEye(james.url(), "zoe@example.org", James.PASSWORD);
        byte[] bad = mail("Behalf", "<behalf@example.net>", "On behalf.");
        MailReceived recalled = suite.received(bad, MailPath.MILTER, "zoe@example.org");
        deliver("zoe", Suite.stamped(recalled.messageId(), bad));
        suite.recalled(recalled, 2);

        try (JmapMailboxes trusted = suite.jmap(james.url(), suite.login("", "X-User"), LOOPBACK)) {
            suite.work(trusted, Action.MOVE);
        }

        assertThat(zoe.subjects()).isEqualTo(Map.of("Quarantine", List.of("Behalf")));
    }

    @Test
    void connectsToNoAddressThatIsNotAllowed() throws Exception {
        MailReceived recalled =
                suite.received(mail("Guard", "<g@example.net>", "G."), MailPath.MILTER, "bob@example.org");
        suite.recalled(recalled, 2);

        try (JmapMailboxes guarded = suite.jmap(james.url(), suite.login("postern@example.org", null), List.of())) {
            suite.work(guarded, Action.MOVE);
        }

        assertThat(suite.progress(recalled)).singleElement().satisfies(progress -> {
            assertThat(progress.state()).isEqualTo("waiting");
            assertThat(progress.outcome()).isEqualTo("address-not-allowed");
        });
    }

    @Test
    void leavesAServerAloneThatIsInTroubleAndGivesUpInTheEnd() throws Exception {
        MailReceived recalled = suite.received(
                mail("Away", "<away@example.net>", "Away."), MailPath.MILTER, "one@example.org", "two@example.org");
        suite.recalled(recalled, 2);
        AtomicInteger opened = new AtomicInteger();
        WorkThroughMailboxes worker = suite.worker(
                recipient -> {
                    opened.incrementAndGet();
                    throw new MailServerException(
                            MailServerException.Kind.SERVER, "status-503", Duration.ofMinutes(30), null);
                },
                Action.MOVE);

        worker.sweep();
        worker.sweep();
        assertThat(opened).hasValue(1);
        after(Duration.ofMinutes(20), worker::sweep);
        assertThat(opened).hasValue(1);
        after(Duration.ofMinutes(31), worker::sweep);
        assertThat(opened).hasValue(2);
        // One a time, and other tests have left some.
        for (int day = 2; day < 10; day++) {
            after(Duration.ofDays(day), worker::sweep);
        }

        assertThat(suite.progress(recalled)).allSatisfy(progress -> {
            assertThat(progress.state()).isEqualTo("failed");
            assertThat(progress.outcome()).isEqualTo("status-503");
        });
        assertThat(suite.acts(recalled)).extracting(Act::outcome).containsOnly(AuditOutcome.FAILED);
        // Asked once more by somebody, it is looked for from the beginning.
        assertThat(suite.withdrawals.ask(
                        recalled.tenant(),
                        recalled.messageId(),
                        Set.of("one@example.org"),
                        Goal.WITHDRAWN,
                        suite.admin(),
                        suite.now()))
                .hasSize(1);
    }

    private JmapEye mailbox(String name) {
        james.user(name);
        james.delegate(name, "postern");
        return new JmapEye(james.url(), name + "@example.org", James.PASSWORD);
    }

    private void deliver(String name, byte[] mail) {
        james.deliver(name + "@example.org", mail);
    }

    private void after(Duration time, Runnable then) {
        suite.later.set(time);
        try {
            then.run();
        } finally {
            suite.later.set(Duration.ZERO);
        }
    }

    private static byte[] mail(String subject, String id, String text) {
        return ("From: Ann <ann@example.net>\r\nTo: Somebody <somebody@example.org>\r\nSubject: " + subject
                        + "\r\nMessage-ID: " + id + "\r\nDate: Mon, 2 Nov 2026 10:00:00 +0000\r\n\r\n" + text + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** What is done instead of a change. */
    private interface Meddling {
        Map<String, String> with(Mailbox mailbox, String state, Collection<Edit> edits) throws MailServerException;
    }

    /** The same mailbox, in which something happens where a change is made. */
    private static Mailbox meddled(Mailbox real, Meddling meddling) {
        return (Mailbox) Proxy.newProxyInstance(
                Mailbox.class.getClassLoader(), new Class<?>[] {Mailbox.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("change")) {
                        @SuppressWarnings("unchecked")
                        Collection<Edit> edits = (Collection<Edit>) arguments[1];
                        return meddling.with(real, (String) arguments[0], edits);
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
