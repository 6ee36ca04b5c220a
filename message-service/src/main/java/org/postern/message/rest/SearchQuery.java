package org.postern.message.rest;

import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postern.edge.problem.ProblemException;
import org.postern.events.DomainName;
import org.postern.events.MailAddress;
import org.postern.events.MalformedValueException;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailClass;
import org.postern.message.quarantine.EntryFilter;

/** The query of a search. Each parameter is checked by itself, and the one that is wrong is named. */
public class SearchQuery {
    private static final int USUAL = 50;
    private static final int MOST = 200;
    private static final int LONGEST_TEXT = 200;

    /** {@code deliver deliver-with-warning junk quarantine reject defer}. */
    @QueryParam("disposition")
    @Nullable String disposition;

    /** The address of a recipient. */
    @QueryParam("recipient")
    @Nullable String recipient;

    /** The domain of the envelope's sender; {@code <>} for the null sender. */
    @QueryParam("sender-domain")
    @Nullable String senderDomain;

    /** {@code ham suspicious spam phishing inconclusive}. */
    @QueryParam("class")
    @Nullable String mailClass;

    /** The oldest, inclusive: a time like {@code 2026-11-01T12:00:00Z}. */
    @QueryParam("since")
    @Nullable String since;

    /** The newest, exclusive. */
    @QueryParam("until")
    @Nullable String until;

    /** Words that are all to be found in the reasons. */
    @QueryParam("reason")
    @Nullable String reason;

    /** {@code true} or {@code false}. */
    @QueryParam("released")
    @Nullable String released;

    /** {@code true}: what was held and need not be, as a later look found. */
    @QueryParam("offered")
    @Nullable String offered;

    /** 1 to 200; 50 where it is absent. */
    @QueryParam("limit")
    @Nullable String limit;

    /** {@code next} of the page before. */
    @QueryParam("cursor")
    @Nullable String cursor;

    EntryFilter filter() {
        return new EntryFilter(
                word("disposition", disposition, Disposition.values(), Disposition::word),
                value("recipient", recipient, MailAddress::of, "must be a mail address"),
                value("sender-domain", senderDomain, SearchQuery::domain, "must be a domain name, or <>"),
                word("class", mailClass, MailClass.values(), MailClass::word),
                value("since", since, Instant::parse, "must be a time like 2026-11-01T12:00:00Z"),
                value("until", until, Instant::parse, "must be a time like 2026-11-01T12:00:00Z"),
                value("reason", reason, SearchQuery::text, "must be 1 to 200 characters, without control characters"),
                value("released", released, SearchQuery::truth, "must be true or false"),
                value("offered", offered, SearchQuery::truth, "must be true or false"));
    }

    int limit() {
        Integer number = value("limit", limit, SearchQuery::count, "must be a number from 1 to 200");
        return number == null ? USUAL : number;
    }

    private static <T> @Nullable T value(String name, @Nullable String text, Function<String, T> read, String rule) {
        if (text == null) {
            return null;
        }
        try {
            return read.apply(text);
        } catch (MalformedValueException | DateTimeException e) {
            throw malformed(name, rule);
        } catch (IllegalArgumentException e) {
            throw malformed(name, rule);
        }
    }

    private static <E extends Enum<E>> @Nullable E word(
            String name, @Nullable String text, E[] values, Function<E, String> word) {
        return value(
                name,
                text,
                asked -> Arrays.stream(values)
                        .filter(value -> word.apply(value).equals(asked))
                        .findFirst()
                        .orElseThrow(IllegalArgumentException::new),
                "must be one of "
                        + String.join(", ", Arrays.stream(values).map(word).toList()));
    }

    private static String domain(String text) {
        return text.equals("<>")
                ? ""
                : DomainName.of(text.toLowerCase(Locale.ROOT)).value();
    }

    private static String text(String text) {
        if (text.isBlank() || text.length() > LONGEST_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private static int count(String text) {
        int number = Integer.parseInt(text);
        if (number < 1 || number > MOST) {
            throw new IllegalArgumentException();
        }
        return number;
    }

    private static ProblemException malformed(String name, String rule) {
        return new ProblemException(400, "query-malformed", "The parameter " + name + " " + rule + ".").withField(name);
    }
}
