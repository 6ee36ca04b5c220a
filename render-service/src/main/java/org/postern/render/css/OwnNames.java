package org.postern.render.css;

import org.jspecify.annotations.Nullable;

/**
 * Names of classes and elements as they come out: with a prefix, so that a mail can neither be styled by the page around
 * it nor name anything of that page.
 */
public final class OwnNames {
    /** The class of the element that holds a mail with style blocks. */
    public static final String SCOPE = "postern-mail";

    /** The class of the element that stands for the body of the mail. */
    public static final String BODY = "postern-body";

    /** What the names of a mail begin with. */
    public static final String PREFIX = "pm-";

    private static final int LONGEST = 100;
    private static final int MOST = 200;

    private OwnNames() {}

    /** The name as it comes out, or null where it is too long or empty. A name that came out once stays. */
    public static @Nullable String of(String name) {
        if (name.isEmpty() || name.length() > LONGEST) {
            return null;
        }
        StringBuilder own = new StringBuilder(name.length() + PREFIX.length());
        if (!name.startsWith(PREFIX)) {
            own.append(PREFIX);
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (plain || c == '-' || c == '_') {
                own.append(c);
            } else {
                own.append('_').append(Integer.toHexString(c));
            }
        }
        return own.length() > LONGEST + PREFIX.length() ? null : own.toString();
    }

    /** A list of names, those that are none left out. */
    public static String all(String names) {
        StringBuilder all = new StringBuilder(names.length() + 16);
        int count = 0;
        int i = 0;
        while (i < names.length() && count < MOST) {
            int end = i;
            while (end < names.length() && !isSpace(names.charAt(end))) {
                end++;
            }
            if (end > i) {
                String own = of(names.substring(i, end));
                if (own != null) {
                    all.append(all.isEmpty() ? "" : " ").append(own);
                }
                count++;
            }
            i = end + 1;
        }
        return all.toString();
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }
}
