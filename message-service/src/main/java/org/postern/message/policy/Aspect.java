package org.postern.message.policy;

import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postern.events.EnvelopeSender;
import org.postern.events.MailAddress;
import org.postern.events.mail.AuthenticationResult;
import org.postern.events.mail.DkimSignature;
import org.postern.events.mail.Finding;
import org.postern.events.mail.ScanFinding;
import org.postern.events.mail.SenderAuthentication;
import org.postern.events.mail.UnscannableReason;

/** What a rule may look at. */
public enum Aspect {
    /** The verdict of the scan. */
    SCAN("scan") {
        @Override
        Set<String> found(Facts facts, MailAddress recipient) {
            return Set.of(facts.verdict().word());
        }
    },
    /** Why a body cannot be scanned. */
    UNSCANNABLE("unscannable") {
        @Override
        Set<String> found(Facts facts, MailAddress recipient) {
            UnscannableReason reason =
                    facts.scan() == null ? null : facts.scan().unscannable();
            return reason == null ? Set.of() : Set.of(reason.word());
        }
    },
    /** The class of the assessment. */
    CLASS("class") {
        @Override
        Set<String> found(Facts facts, MailAddress recipient) {
            return Set.of(facts.mailClass().word());
        }
    },
    /** Codes of findings, of the scan or of the assessment. */
    FINDING("finding") {
        @Override
        Set<String> found(Facts facts, MailAddress recipient) {
            Stream<String> scanned = facts.scan() == null
                    ? Stream.empty()
                    : facts.scan().findings().stream().map(ScanFinding::code);
            Stream<String> assessed = facts.assessment() == null
                    ? Stream.empty()
                    : facts.assessment().findings().stream().map(Finding::code);
            return Stream.concat(scanned, assessed).collect(Collectors.toSet());
        }
    },
    /** The result of SPF. */
    SPF("spf") {
        @Override
        Set<String> found(Facts facts, MailAddress recipient) {
            return authentication(facts, all -> Set.of(all.spf().word()));
        }
    },
    /** The results of the DKIM signatures; {@code none} where there is none. */
    DKIM("dkim") {
        @Override
        Set<String> found(Facts facts, MailAddress recipient) {
            return authentication(
                    facts,
                    all -> all.dkim().isEmpty()
                            ? Set.of(AuthenticationResult.NONE.word())
                            : all.dkim().stream()
                                    .map(DkimSignature::result)
                                    .map(AuthenticationResult::word)
                                    .collect(Collectors.toSet()));
        }
    },
    /** The result of DMARC. */
    DMARC("dmarc") {
        @Override
        Set<String> found(Facts facts, MailAddress recipient) {
            return authentication(facts, all -> Set.of(all.dmarc().word()));
        }
    },
    /** The DMARC policy of the sender's domain. */
    DMARC_POLICY("dmarc-policy") {
        @Override
        Set<String> found(Facts facts, MailAddress recipient) {
            return authentication(facts, all -> Set.of(all.dmarcPolicy() == null ? "none" : all.dmarcPolicy()));
        }
    },
    /** The result of ARC. */
    ARC("arc") {
        @Override
        Set<String> found(Facts facts, MailAddress recipient) {
            return authentication(facts, all -> Set.of(all.arc().word()));
        }
    },
    /** The lowest score. */
    SCORE_AT_LEAST("score-at-least") {
        @Override
        Set<String> found(Facts facts, MailAddress recipient) {
            return facts.assessment() == null
                    ? Set.of()
                    : Set.of(Double.toString(facts.assessment().score()));
        }

        @Override
        boolean meets(String wanted, String found) {
            return Double.parseDouble(found) >= Double.parseDouble(wanted);
        }
    },
    /** A score that is not reached. */
    SCORE_BELOW("score-below") {
        @Override
        Set<String> found(Facts facts, MailAddress recipient) {
            return SCORE_AT_LEAST.found(facts, recipient);
        }

        @Override
        boolean meets(String wanted, String found) {
            return Double.parseDouble(found) < Double.parseDouble(wanted);
        }
    },
    /** Which way the message goes. */
    DIRECTION("direction") {
        @Override
        Set<String> found(Facts facts, MailAddress recipient) {
            return Set.of(facts.circumstances().direction().word());
        }
    },
    /** The domain of the recipient; {@code *.example.com} for those below one. */
    RECIPIENT_DOMAIN("recipient-domain") {
        @Override
        Set<String> found(Facts facts, MailAddress recipient) {
            return Set.of(recipient.domain());
        }

        @Override
        boolean meets(String wanted, String found) {
            return isIn(wanted, found);
        }
    },
    /** The domain of the envelope's sender; {@code <>} for the null sender. */
    SENDER_DOMAIN("sender-domain") {
        @Override
        Set<String> found(Facts facts, MailAddress recipient) {
            return Set.of(
                    switch (facts.circumstances().sender()) {
                        case EnvelopeSender.Mailbox mailbox -> mailbox.address().domain();
                        case EnvelopeSender.NullSender none -> "<>";
                    });
        }

        @Override
        boolean meets(String wanted, String found) {
            return isIn(wanted, found);
        }
    },
    /** The fewest bytes of the body. */
    SIZE_AT_LEAST("size-at-least") {
        @Override
        Set<String> found(Facts facts, MailAddress recipient) {
            return Set.of(Long.toString(facts.circumstances().size()));
        }

        @Override
        boolean meets(String wanted, String found) {
            return Long.parseLong(found) >= Long.parseLong(wanted);
        }
    },
    /** Kinds of attachments and of what is in archives: {@code .exe}, {@code application/pdf}, {@code image/*}. */
    ATTACHMENT("attachment") {
        @Override
        Set<String> found(Facts facts, MailAddress recipient) {
            return facts.scan() == null || facts.scan().parts() == null
                    ? Set.of()
                    : facts.scan().parts().stream()
                            .flatMap(part -> Stream.of(
                                    extension(part.name()),
                                    extension(part.path()),
                                    part.declaredType(),
                                    part.detectedType()))
                            .filter(kind -> kind != null && !kind.isEmpty())
                            .map(kind -> kind.toLowerCase(Locale.ROOT))
                            .collect(Collectors.toSet());
        }

        @Override
        boolean meets(String wanted, String found) {
            return wanted.endsWith("/*")
                    ? found.startsWith(wanted.substring(0, wanted.length() - 1))
                    : wanted.equals(found);
        }
    },
    /** The lists that the sender or the client is on, as far as they hold for the recipient. */
    LIST("list") {
        @Override
        Set<String> found(Facts facts, MailAddress recipient) {
            return facts.circumstances().hits().stream()
                    .filter(hit -> hit.holdsFor(recipient))
                    .map(ListHit::list)
                    .collect(Collectors.toSet());
        }
    };

    private final String key;

    Aspect(String key) {
        this.key = key;
    }

    /** The key of it in a policy. */
    public String key() {
        return key;
    }

    /** The words that are true of a message and a recipient. */
    abstract Set<String> found(Facts facts, MailAddress recipient);

    /** Whether a word that is true meets one that is wanted. */
    boolean meets(String wanted, String found) {
        return wanted.equals(found);
    }

    private static Set<String> authentication(Facts facts, Function<SenderAuthentication, Set<String>> words) {
        return facts.assessment() == null
                ? Set.of()
                : words.apply(facts.assessment().authentication());
    }

    private static boolean isIn(String wanted, String domain) {
        return wanted.startsWith("*.") ? domain.endsWith(wanted.substring(1)) : wanted.equals(domain);
    }

    private static @Nullable String extension(@Nullable String name) {
        if (name == null) {
            return null;
        }
        int dot = name.lastIndexOf('.');
        return dot < 0 || name.indexOf('/', dot) >= 0 ? null : name.substring(dot);
    }
}
