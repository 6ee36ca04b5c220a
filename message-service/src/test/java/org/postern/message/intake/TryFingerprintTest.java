package org.postern.message.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.events.ContentHash;
import org.postern.events.EnvelopeSender;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.events.mail.Client;
import org.postern.events.mail.Envelope;
import org.postern.events.mail.MailDirection;
import org.postern.events.mail.MailPath;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.SmtpSession;

class TryFingerprintTest {
    private static final TryFingerprint FIRST =
            TryFingerprint.of(mail("default", "ab", "a@x.example", "b@y.example c@y.example", "192.0.2.1", null));

    @ParameterizedTest
    @CsvSource({
        "a@x.example, c@y.example b@y.example, 192.0.2.1",
        "a@x.example, b@y.example C@y.example, 192.0.2.99",
    })
    void isTheSameWhenAMessageComesAgain(String from, String to, String ip) {
        assertThat(TryFingerprint.of(mail("default", "ab", from, to, ip, null))).isEqualTo(FIRST);
    }

    @ParameterizedTest
    @CsvSource({
        "other, ab, a@x.example, b@y.example c@y.example, 192.0.2.1,",
        "default, cd, a@x.example, b@y.example c@y.example, 192.0.2.1,",
        "default, ab, z@x.example, b@y.example c@y.example, 192.0.2.1,",
        "default, ab, a@x.example, b@y.example, 192.0.2.1,",
        "default, ab, a@x.example, b@y.example c@y.example, 198.51.100.1,",
        "default, ab, a@x.example, b@y.example c@y.example, 2001:db8:0:0:0:0:0:1,",
        "default, ab, a@x.example, b@y.example c@y.example, 192.0.2.1, ann",
    })
    void isAnotherForAnotherMessage(String tenant, String hash, String from, String to, String ip, String user) {
        assertThat(TryFingerprint.of(mail(tenant, hash, from, to, ip, user))).isNotEqualTo(FIRST);
    }

    @Test
    void countsAUserUnderOneNameWhateverTheCaseAndNobodyUnderNone() {
        ContentHash ann = TryFingerprint.sender(mail("default", "ab", "a@x.example", "b@y.example", null, "Ann"));

        assertThat(ann)
                .isEqualTo(TryFingerprint.sender(mail("default", "cd", "z@x.example", "b@y.example", null, "ann")));
        assertThat(ann)
                .isNotEqualTo(TryFingerprint.sender(mail("other", "ab", "a@x.example", "b@y.example", null, "ann")));
        assertThat(TryFingerprint.sender(mail("default", "ab", "a@x.example", "b@y.example", null, null)))
                .isNull();
    }

    private static MailReceived mail(
            String tenant,
            String hash,
            String from,
            String to,
            @org.jspecify.annotations.Nullable String ip,
            @org.jspecify.annotations.Nullable String user) {
        List<MailAddress> recipients =
                Arrays.stream(to.split(" ")).map(MailAddress::of).toList();
        ObjectReference object =
                new ObjectReference(Tenant.of(tenant), ObjectId.random(), ContentHash.of(hash.repeat(32)), 10);
        return new MailReceived(
                MessageId.random(),
                Tenant.of(tenant),
                object,
                new Envelope(EnvelopeSender.of(from), recipients),
                new Client(ip, null, null),
                MailPath.MILTER,
                Instant.now(),
                Instant.now(),
                MailDirection.INBOUND,
                new SmtpSession(null, user));
    }
}
