package org.postern.scan.inspection;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words of a mail that may be the password of what is attached to it. Senders of malware write it there, so that scanners
 * cannot look inside and readers can; honest people do the same. Never told, never logged. The texts are kept and only
 * read through where something turns out to be encrypted, because reading them costs more than all the rest of a look.
 */
final class PasswordHints {
    private static final int MOST = 40;
    private static final int LONGEST_TEXT = 64 * 1024;
    private static final int LONGEST_TOGETHER = 4 * LONGEST_TEXT;
    private static final Pattern NAMED = Pattern.compile(
            "(?:pass\\s?-?(?:word|code|phrase|wort)?|pwd|pw|pin|code|kennwort|zugangscode|contrase\\u00f1a|clave|senha"
                    + "|mot\\s+de\\s+passe|wachtwoord|has\\u0142o|l\\u00f6senord|adgangskode|parola|\\u043f\\u0430\\u0440\\u043e\\u043b\\u044c"
                    + "|\\u5bc6\\u7801|\\u30d1\\u30b9\\u30ef\\u30fc\\u30c9)"
                    + "[^\\S\\n]{0,4}(?:(?:is|ist|es|est|e|\\u00e9|lautet|for|f\\u00fcr|the|zip|file|archive|datei)[^\\S\\n]{1,4}){0,4}[:=\\-\\u2013]?\\s{0,4}[\"'\\u201c\\u201e\\u00ab]?(\\S{1,64})",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern QUOTED = Pattern.compile(
            "[\"'\\u201c\\u201e\\u00ab]([^\\s\"'\\u201d\\u201c\\u00bb]{3,64})[\"'\\u201d\\u201c\\u00bb]");
    private static final Pattern WORD = Pattern.compile("\\S{4,32}");
    private static final Pattern TAG = Pattern.compile("<[^<>]{0,2000}>");

    private final List<Text> texts = new ArrayList<>();
    private int kept;

    /** Takes a text of the mail; what is beyond the limits is not looked through. */
    void take(String text, boolean html) {
        int length = Math.min(text.length(), Math.min(LONGEST_TEXT, LONGEST_TOGETHER - kept));
        if (length > 0) {
            texts.add(new Text(text.substring(0, length), html));
            kept += length;
        }
    }

    /** The likeliest first. */
    List<String> candidates() {
        Set<String> named = new LinkedHashSet<>();
        Set<String> others = new LinkedHashSet<>();
        for (Text text : texts) {
            collect(text.plain(), named, others);
        }
        Set<String> all = new LinkedHashSet<>(named);
        all.addAll(others);
        return new ArrayList<>(all).subList(0, Math.min(MOST, all.size()));
    }

    private static void collect(String plain, Set<String> named, Set<String> others) {
        Matcher match = NAMED.matcher(plain);
        while (match.find() && named.size() < MOST) {
            add(named, match.group(1));
        }
        match = QUOTED.matcher(plain);
        while (match.find() && named.size() < MOST) {
            add(named, match.group(1));
        }
        match = WORD.matcher(plain);
        while (match.find() && others.size() < MOST) {
            String word = match.group();
            if (word.chars().anyMatch(Character::isDigit)) {
                add(others, word);
            }
        }
    }

    private static void add(Set<String> to, String word) {
        to.add(word);
        // The full stop or the quotation mark after it is rarely a part of it.
        String bare = word.replaceAll("[.,;:!?\"'\\u201d\\u201c\\u00bb)]+$", "");
        if (!bare.isEmpty()) {
            to.add(bare);
        }
    }

    private record Text(String text, boolean html) {
        String plain() {
            return html ? unescaped(TAG.matcher(text).replaceAll(" ")) : text;
        }
    }

    private static String unescaped(String text) {
        return text.replace("&nbsp;", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }
}
