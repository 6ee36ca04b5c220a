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
        StringBuilder own = new StringBuilder(name.length() + PREFIX.length());
        return write(name, own) ? own.toString() : null;
    }

    /** Writes the name as it comes out; where it is too long or empty it has none, and some of it may have been written. */
    static boolean write(String name, StringBuilder own) {
        if (name.isEmpty() || name.length() > LONGEST) {
            return false;
        }
        int start = own.length();
        if (!name.startsWith(PREFIX)) {
            own.append(PREFIX);
        }
        int plain = 0;
        while (plain < name.length() && isPlain(name.charAt(plain))) {
            plain++;
        }
        own.append(plain == name.length() ? name : name.substring(0, plain));
        for (int i = plain; i < name.length(); i++) {
            char c = name.charAt(i);
            if (isPlain(c)) {
                own.append(c);
            } else {
                own.append('_').append(Integer.toHexString(c));
            }
        }
        return own.length() - start <= LONGEST + PREFIX.length();
    }

    private static boolean isPlain(char c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || c == '-' || c == '_';
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
                int before = all.length();
                if (before > 0) {
                    all.append(' ');
                }
                if (!write(names.substring(i, end), all)) {
                    all.setLength(before);
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
