package org.postern.message.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How delivered copies of recalled messages are taken out of mailboxes, by JMAP. */
@ConfigMapping(prefix = "postern.withdrawal")
public interface WithdrawalConfig {
    /** Whether delivered copies of recalled messages are taken out of mailboxes (docs/recall.md). */
    @WithDefault("false")
    boolean enabled();

    /**
     * The mail server, for instance {@code https://jmap.example.org}, or its session resource. Where it has no path the session
     * is asked for at {@code /.well-known/jmap}.
     */
    Optional<String> url();

    /** Other origins of the same server, to which its login may go too: where its calls or downloads are elsewhere. */
    Optional<List<String>> otherOrigins();

    /**
     * Networks that are not of the public Internet and in which the server may be, without TLS too, for instance
     * {@code 10.1.2.3/32}.
     */
    Optional<List<String>> allowedNetworks();

    /** How it is logged in: {@code basic}, {@code bearer}, or {@code none} where the server trusts our address. */
    @WithDefault("basic")
    Login login();

    /**
     * The user of {@code basic}. With {@code {address}}, {@code {local}} or {@code {domain}} of the recipient in it each
     * mailbox is opened as its owner: {@code {address}%admin} for a master user of Stalwart, for instance.
     */
    Optional<String> user();

    /** The file of the password or the token. */
    Optional<Path> secretFile();

    /** A field that tells the server on whose behalf we ask: {@code X-User} of James, {@code Authorize-As} of Cyrus. */
    Optional<String> impersonationHeader();

    /** What the account of a recipient is called on the server. */
    @WithDefault("{address}")
    String account();

    /** What separates a local part from its tag, for instance {@code +}: what follows it is not of the mailbox. */
    Optional<String> recipientDelimiter();

    /** {@code move} copies to a mailbox, or {@code flag} them with a keyword. */
    @WithDefault("move")
    Action action();

    /** The name of the mailbox they are moved to, at the top; made where it is missing. */
    @WithDefault("Quarantine")
    String mailbox();

    /** A role (RFC 8621, 2) of the mailbox they are moved to, {@code junk} for instance; it goes before the name. */
    Optional<String> mailboxRole();

    /** The keyword they are flagged with. */
    @WithDefault("$junk")
    String keyword();

    /** How long the server may take for an answer; five times as long for a mail. */
    @WithDefault("20S")
    Duration timeout();

    /** In how many mailboxes of the server it is worked at once, by each replica. */
    @WithDefault("2")
    int atOnce();

    /** For how long a copy that is not there is looked for. */
    @WithDefault("P1D")
    Duration lookFor();

    /** For how long it is tried, and how old a recall may be that is acted upon. */
    @WithDefault("P3D")
    Duration giveUpAfter();

    /** The first pause before it is tried again; it doubles, and a random half is taken off. */
    @WithDefault("10S")
    Duration firstPause();

    /** The longest pause. */
    @WithDefault("1H")
    Duration longestPause();

    /** How often it is looked for what is due. */
    @WithDefault("1S")
    Duration sweepEvery();

    /** How it is logged in. */
    enum Login {
        BASIC,
        BEARER,
        NONE
    }

    /** What is done with copies. */
    enum Action {
        MOVE,
        FLAG
    }
}
