package org.postern.message.yaml;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postern.events.DomainName;
import org.postern.events.mail.AuthenticationResult;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.MailDirection;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.UnscannableReason;
import org.postern.message.policy.Aspect;

/** The words that a condition may have, by what they are about. */
final class PolicyWords {
    private static final Pattern CODE = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([KMG]?)");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,6}(?:\\.[0-9]{1,6})?");
    private static final Pattern KIND = Pattern.compile("\\.[a-z0-9_-]{1,20}|[a-z0-9.+-]+/(?:\\*|[a-z0-9.+-]+)");

    private PolicyWords() {}

    static String read(Aspect aspect, YamlNode node) {
        return switch (aspect) {
            case SCAN ->
                PolicyReader.word(node, ScanVerdict.values(), ScanVerdict::word).word();
            case UNSCANNABLE ->
                PolicyReader.word(node, UnscannableReason.values(), UnscannableReason::word)
                        .word();
            case CLASS ->
                PolicyReader.word(node, MailClass.values(), MailClass::word).word();
            case SPF, DKIM, DMARC, ARC ->
                PolicyReader.word(node, AuthenticationResult.values(), AuthenticationResult::word)
                        .word();
            case DIRECTION ->
                PolicyReader.word(node, MailDirection.values(), MailDirection::word)
                        .word();
            case DMARC_POLICY -> oneOf(node, List.of("none", "quarantine", "reject"));
            case LIST -> oneOf(node, List.of("allow", "block"));
            case FINDING -> matching(node, CODE, "must be the code of a finding, in kebab-case");
            case ATTACHMENT -> matching(node, KIND, "must be like .exe, application/pdf or image/*");
            case SCORE_AT_LEAST, SCORE_BELOW -> number(node);
            case SIZE_AT_LEAST -> size(node);
            case RECIPIENT_DOMAIN -> domain(node);
            case SENDER_DOMAIN -> node.text().equals("<>") ? "<>" : domain(node);
        };
    }

    static String domain(YamlNode node) {
        String text = node.text().toLowerCase(Locale.ROOT);
        String bare = text.startsWith("*.") ? text.substring(2) : text;
        try {
            String domain = DomainName.of(bare).value();
            return text.startsWith("*.") ? "*." + domain : domain;
        } catch (IllegalArgumentException e) {
            throw node.wrong("'" + text + "' is not a domain name, nor *. and one");
        }
    }

    private static String oneOf(YamlNode node, List<String> known) {
        String text = node.text();
        if (!known.contains(text)) {
            throw node.wrong("'" + text + "' is none of " + String.join(", ", known));
        }
        return text;
    }

    private static String matching(YamlNode node, Pattern form, String rule) {
        String text = node.text().toLowerCase(Locale.ROOT);
        if (!form.matcher(text).matches()) {
            throw node.wrong(rule);
        }
        return text;
    }

    private static String number(YamlNode node) {
        String text = node.scalar();
        if (!NUMBER.matcher(text).matches()) {
            throw node.wrong("must be a number");
        }
        return text;
    }

    private static String size(YamlNode node) {
        Matcher size = SIZE.matcher(node.scalar());
        if (!size.matches()) {
            throw node.wrong("must be a size like 500K or 10M");
        }
        int shift =
                switch (size.group(2)) {
                    case "K" -> 10;
                    case "M" -> 20;
                    case "G" -> 30;
                    default -> 0;
                };
        return Long.toString(Long.parseLong(size.group(1)) << shift);
    }
}
