package org.postern.spam.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.spam.Acquaintance;
import org.postern.spam.Contact;
import org.postern.spam.DatabaseAwayException;

class JdbcContactHistoryIT {
    private static final RealDatabase REAL = new RealDatabase();
    private static final Instant START = Instant.parse("2026-10-01T08:00:00Z");
    private static final ContactHashes HASHES = ContactHashes.ofBase64("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    private static final JdbcContactHistory.Limits LIMITS =
            new JdbcContactHistory.Limits(Duration.ofDays(14), Duration.ofDays(90), Duration.ofDays(180), 50);

    private Instant now = START;

    @BeforeEach
    void empty() {
        REAL.empty();
    }

    @AfterAll
    static void close() {
        REAL.close();
    }

    @Test
    void tellsNothingWhileTheHistoryIsYoung() {
        history().keep(from("ann@shop.example", "ann miller"));
        now = now.plus(Duration.ofDays(13));

        assertThat(known(from("new@other.example", ""))).isNull();
    }

    @Test
    void callsASenderNewOfWhomNoMailWasKept() {
        history().keep(from("ann@shop.example", "ann miller"));
        now = now.plus(Duration.ofDays(15));

        assertThat(known(from("new@other.example", ""))).isEqualTo(Acquaintance.FIRST_CONTACT);
        assertThat(known(from("ann@shop.example", ""))).isEqualTo(Acquaintance.KNOWN);
    }

    @Test
    void takesTheMailThatMadeAContactForNewHoweverOftenItIsAssessed() {
        history().keep(from("ann@shop.example", "ann miller"));
        now = now.plus(Duration.ofDays(15));
        Contact first = from("new@other.example", "bob stone");

        history().keep(first);
        history().keep(first);

        assertThat(known(first)).isEqualTo(Acquaintance.FIRST_CONTACT);
        assertThat(known(from("new@other.example", "bob stone"))).isEqualTo(Acquaintance.KNOWN);
    }

    @Test
    void knowsANameThatCameFromSomewhereElse() {
        history().keep(from("ann@shop.example", "ann miller"));

        assertThat(known(from("ann@mail.example", "ann miller"))).isEqualTo(Acquaintance.NAME_OF_ANOTHER);
        // Another address of the same organisation, and nobody of that name.
        assertThat(known(from("miller@shop.example", "ann miller"))).isNull();
        assertThat(known(from("x@mail.example", ""))).isNull();
    }

    @Test
    void saysWhetherAnythingIsLeftToKeep() {
        Contact ann = from("ann@shop.example", "ann miller");
        assertThat(kept(ann)).isFalse();

        history().keep(ann);

        assertThat(kept(from("ann@shop.example", "ann miller"))).isTrue();
        assertThat(kept(from("ann@shop.example", "ann smith")))
                .as("another name")
                .isFalse();
        assertThat(kept(from("bob@shop.example", "ann miller")))
                .as("another address")
                .isFalse();
        assertThat(kept(contact(
                        Tenant.DEFAULT, Set.of("firm.example", "else.example"), "ann@shop.example", "ann miller")))
                .as("a domain more")
                .isFalse();
        assertThat(kept(contact(Tenant.of("other"), Set.of("firm.example"), "ann@shop.example", "ann miller")))
                .as("another tenant")
                .isFalse();
    }

    @Test
    void keepsAnewWhenSomebodyWasSeenOnceADay() {
        Contact ann = from("ann@shop.example", "ann miller");
        history().keep(ann);
        now = now.plus(Duration.ofDays(1));
        assertThat(kept(ann)).as("a day later").isTrue();
        now = now.plus(Duration.ofSeconds(1));
        assertThat(kept(ann)).as("more than a day later").isFalse();

        history().keep(ann);

        assertThat(kept(ann)).isTrue();
    }

    @Test
    void forgetsWhoseNameItWasAfterAWhile() {
        history().keep(from("ann@shop.example", "ann miller"));
        now = now.plus(Duration.ofDays(91));

        assertThat(known(from("ann@mail.example", "ann miller"))).isEqualTo(Acquaintance.FIRST_CONTACT);
    }

    @Test
    void keepsDomainsAndTenantsApart() {
        history().keep(from("ann@shop.example", "ann miller"));
        now = now.plus(Duration.ofDays(15));

        assertThat(known(contact(Tenant.DEFAULT, Set.of("else.example"), "ann@shop.example", "")))
                .isNull();
        assertThat(known(contact(Tenant.of("other"), Set.of("firm.example"), "ann@shop.example", "")))
                .isNull();
        assertThat(known(contact(Tenant.DEFAULT, Set.of("else.example", "firm.example"), "ann@shop.example", "")))
                .isEqualTo(Acquaintance.KNOWN);
    }

    @Test
    void forgetsWhoHasBeenSilentForTooLongAndNobodyElse() {
        history().keep(from("old@shop.example", ""));
        now = now.plus(Duration.ofDays(100));
        history().keep(from("ann@shop.example", ""));
        now = now.plus(Duration.ofDays(81));

        assertThat(history().forget()).isFalse();

        assertThat(known(from("old@shop.example", ""))).isEqualTo(Acquaintance.FIRST_CONTACT);
        assertThat(known(from("ann@shop.example", ""))).isEqualTo(Acquaintance.KNOWN);
    }

    @Test
    void keepsNoMoreContactsOfADomainThanItMay() {
        for (int i = 0; i < 70; i++) {
            history().keep(from("a" + i + "@shop.example", ""));
            now = now.plus(Duration.ofHours(1));
        }

        history().forget();

        assertThat(REAL.rows("contact")).hasSize(50);
        assertThat(known(from("a69@shop.example", ""))).isEqualTo(Acquaintance.KNOWN);
        assertThat(known(from("a0@shop.example", ""))).isNull();
    }

    @Test
    void keepsNothingThatNamesSomebody() {
        history().keep(from("ann@shop.example", "ann miller"));

        assertThat(String.join(" ", REAL.rows("contact")) + REAL.rows("circle"))
                .doesNotContain("ann", "shop", "firm", "616e6e");
    }

    @Test
    void saysSoWhereTheDatabaseIsAwayAndMigratesWhenItIsThere() {
        boolean[] away = {true};
        SpamDatabase database = new SpamDatabase(
                new org.postgresql.ds.PGSimpleDataSource() {
                    @Override
                    public java.sql.Connection getConnection() throws SQLException {
                        throw new SQLException("away", "08001");
                    }
                },
                () -> {
                    if (away[0]) {
                        throw new FlywayException("away");
                    }
                });
        JdbcContactHistory history = new JdbcContactHistory(database, HASHES, LIMITS, clock());

        assertThatThrownBy(() -> history.look(from("a@b.example", ""))).isInstanceOf(DatabaseAwayException.class);
        away[0] = false;
        assertThatThrownBy(() -> history.keep(from("a@b.example", ""))).isInstanceOf(DatabaseAwayException.class);
    }

    private @Nullable Acquaintance known(Contact contact) {
        return history().look(contact).acquaintance();
    }

    private boolean kept(Contact contact) {
        return history().look(contact).kept();
    }

    private JdbcContactHistory history() {
        return new JdbcContactHistory(REAL.database(), HASHES, LIMITS, clock());
    }

    private Clock clock() {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private static Contact from(String address, String name) {
        return contact(Tenant.DEFAULT, Set.of("firm.example"), address, name);
    }

    private static Contact contact(Tenant tenant, Set<String> domains, String address, String name) {
        return new Contact(
                tenant, MessageId.random(), domains, address, address.substring(address.indexOf('@') + 1), name);
    }
}
