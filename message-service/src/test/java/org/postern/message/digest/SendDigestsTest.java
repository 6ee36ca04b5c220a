package org.postern.message.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postern.events.MailAddress;
import org.postern.events.Tenant;
import org.postern.message.ledger.Ledger;
import org.postern.message.quarantine.Page;
import org.postern.message.quarantine.Quarantine;
import org.postern.store.MessageStore;

/** Who is told, and who waits, when the mail server does not take every letter. */
class SendDigestsTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-29T12:00:00Z"), ZoneOffset.UTC);

    private final Map<MailAddress, Instant> told = new LinkedHashMap<>();
    private final List<MailAddress> waiting = new ArrayList<>();
    private final List<MailAddress> sent = new ArrayList<>();
    private final Set<MailAddress> full = new HashSet<>();
    private final Set<MailAddress> gone = new HashSet<>();
    private int asked;

    @Test
    void tells_everybody_once_however_many_there_are() throws DigestUnsentException {
        IntStream.range(0, 250).forEach(i -> waiting.add(reader(i)));
        SendDigests digests = digests();

        digests.sweep();
        int looked = asked;
        digests.sweep();

        assertThat(sent).doesNotHaveDuplicates().hasSize(250);
        assertThat(asked)
                .as("until the next time of the day nobody is looked for")
                .isEqualTo(looked);
    }

    @Test
    void lets_nobody_wait_for_a_mailbox_that_is_full_and_tries_it_again() throws DigestUnsentException {
        IntStream.range(0, 150).forEach(i -> waiting.add(reader(i)));
        full.addAll(List.of(reader(0), reader(70), reader(149)));
        SendDigests digests = digests();

        assertThatThrownBy(digests::sweep).isInstanceOf(DigestUnsentException.class);
        assertThat(sent).hasSize(147).doesNotContainAnyElementsOf(full);

        full.clear();
        digests.sweep();
        assertThat(sent).doesNotHaveDuplicates().hasSize(150);
    }

    @Test
    void does_not_go_on_while_the_mail_server_is_away() {
        IntStream.range(0, 150).forEach(i -> waiting.add(reader(i)));
        full.addAll(waiting);

        assertThatThrownBy(digests()::sweep).isInstanceOf(DigestUnsentException.class);

        assertThat(asked).isEqualTo(1);
        assertThat(told).isEmpty();
    }

    @Test
    void gives_up_on_who_is_not_there_any_more() throws DigestUnsentException {
        waiting.addAll(List.of(reader(1), reader(2)));
        gone.add(reader(1));

        digests().sweep();

        assertThat(sent).containsExactly(reader(2));
        assertThat(told).containsOnlyKeys(reader(1), reader(2));
    }

    private static MailAddress reader(int number) {
        return MailAddress.of("reader-" + number + "@example.org");
    }

    private SendDigests digests() {
        DigestTerms terms = new DigestTerms(
                List.of("example.org"),
                "https://postern.example.org",
                List.of(LocalTime.of(7, 0)),
                ZoneOffset.UTC,
                Language.EN,
                Map.of(),
                Releasable.HARMLESS,
                Duration.ofDays(7),
                50);
        return new SendDigests(
                new InMemory(),
                // Nothing is asked of them but what is held, which is nothing here.
                fake(Quarantine.class),
                fake(Ledger.class),
                fake(MessageStore.class),
                new DigestLinks(new byte[32], NOON, Duration.ofDays(7)),
                new NoLetters(),
                this::send,
                terms,
                NOON);
    }

    private boolean send(MailAddress to, byte[] letter) throws DigestUnsentException {
        if (full.contains(to)) {
            throw new DigestUnsentException(null);
        }
        if (gone.contains(to)) {
            return false;
        }
        sent.add(to);
        return true;
    }

    private static <T> T fake(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            if (method.getName().equals("search")) {
                return new Page<>(List.of(), null);
            }
            throw new AssertionError("nobody asks for " + method.getName());
        }));
    }

    private final class InMemory implements Digests {
        @Override
        public Page<Reader, Place> due(
                List<String> domains, Instant since, Instant slot, @Nullable Place after, int most) {
            asked++;
            int from = after == null ? 0 : waiting.indexOf(MailAddress.of(after.recipient())) + 1;
            int to = Math.min(waiting.size(), from + most);
            List<Reader> readers = waiting.subList(from, to).stream()
                    .filter(reader -> !told.containsKey(reader))
                    .map(reader -> new Reader(Tenant.DEFAULT, reader, since))
                    .toList();
            return new Page<>(
                    readers,
                    to == waiting.size()
                            ? null
                            : new Place(Tenant.DEFAULT, waiting.get(to - 1).value()));
        }

        @Override
        public void tell(Reader reader, Instant slot, Telling telling) throws DigestUnsentException {
            telling.tell();
            told.put(reader.address(), slot);
        }
    }

    private static final class NoLetters implements Letters {
        @Override
        public byte[] letter(Digest digest, Instant now) {
            return digest.reader().value().getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public String page(DigestPage page, Language language, @Nullable HeldMessage message) {
            throw new AssertionError("nobody looks at a page");
        }

        @Override
        public String subject(InputStream mail) {
            return "";
        }
    }
}
