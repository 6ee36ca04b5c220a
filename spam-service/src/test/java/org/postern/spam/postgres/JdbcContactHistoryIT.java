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

        assertThat(history().look(from("new@other.example", ""))).isEmpty();
    }

    @Test
    void callsASenderNewOfWhomNoMailWasKept() {
        history().keep(from("ann@shop.example", "ann miller"));
        now = now.plus(Duration.ofDays(15));

        assertThat(history().look(from("new@other.example", ""))).contains(Acquaintance.FIRST_CONTACT);
        assertThat(history().look(from("ann@shop.example", ""))).contains(Acquaintance.KNOWN);
    }

    @Test
    void takesTheMailThatMadeAContactForNewHoweverOftenItIsAssessed() {
        history().keep(from("ann@shop.example", "ann miller"));
        now = now.plus(Duration.ofDays(15));
        Contact first = from("new@other.example", "bob stone");

        history().keep(first);
        history().keep(first);

        assertThat(history().look(first)).contains(Acquaintance.FIRST_CONTACT);
        assertThat(history().look(from("new@other.example", "bob stone"))).contains(Acquaintance.KNOWN);
    }

    @Test
    void knowsANameThatCameFromSomewhereElse() {
        history().keep(from("ann@shop.example", "ann miller"));

        assertThat(history().look(from("ann@mail.example", "ann miller"))).contains(Acquaintance.NAME_OF_ANOTHER);
        // Another address of the same organisation, and nobody of that name.
        assertThat(history().look(from("miller@shop.example", "ann miller"))).isEmpty();
        assertThat(history().look(from("x@mail.example", ""))).isEmpty();
    }

    @Test
    void forgetsWhoseNameItWasAfterAWhile() {
        history().keep(from("ann@shop.example", "ann miller"));
        now = now.plus(Duration.ofDays(91));

        assertThat(history().look(from("ann@mail.example", "ann miller"))).contains(Acquaintance.FIRST_CONTACT);
    }

    @Test
    void keepsDomainsAndTenantsApart() {
        history().keep(from("ann@shop.example", "ann miller"));
        now = now.plus(Duration.ofDays(15));

        assertThat(history().look(contact(Tenant.DEFAULT, Set.of("else.example"), "ann@shop.example", "")))
                .isEmpty();
        assertThat(history().look(contact(Tenant.of("other"), Set.of("firm.example"), "ann@shop.example", "")))
                .isEmpty();
        assertThat(history()
                        .look(contact(Tenant.DEFAULT, Set.of("else.example", "firm.example"), "ann@shop.example", "")))
                .contains(Acquaintance.KNOWN);
    }

    @Test
    void forgetsWhoHasBeenSilentForTooLongAndNobodyElse() {
        history().keep(from("old@shop.example", ""));
        now = now.plus(Duration.ofDays(100));
        history().keep(from("ann@shop.example", ""));
        now = now.plus(Duration.ofDays(81));

        assertThat(history().forget()).isFalse();

        assertThat(history().look(from("old@shop.example", ""))).contains(Acquaintance.FIRST_CONTACT);
        assertThat(history().look(from("ann@shop.example", ""))).contains(Acquaintance.KNOWN);
    }

    @Test
    void keepsNoMoreContactsOfADomainThanItMay() {
        for (int i = 0; i < 70; i++) {
            history().keep(from("a" + i + "@shop.example", ""));
            now = now.plus(Duration.ofHours(1));
        }

        history().forget();

        assertThat(REAL.rows("contact")).hasSize(50);
        assertThat(history().look(from("a69@shop.example", ""))).contains(Acquaintance.KNOWN);
        assertThat(history().look(from("a0@shop.example", ""))).isEmpty();
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
