package org.postern.message.stamp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds the fields that a message must not bring along, because whoever reads them takes them for ours: every
 * {@code X-Postern-*}, {@code Authentication-Results} under our authserv-id (RFC 8601, section 5) and, where we write it,
 * {@code X-TWP-Message}.
 */
public final class ForeignFields {
    private static final String AUTHENTICATION_RESULTS = "authentication-results";

    private final String authservId;
    private final boolean banner;
    private final boolean exact;
    private final Map<String, Integer> seen = new HashMap<>();
    private final List<FieldPosition> foreign = new ArrayList<>();

    /**
     * @param authservId the name under which we report authentication
     * @param banner whether the banner of Twake Mail is written by us
     * @param exact whether white space before the colon makes another name for whoever takes fields out: it then counts
     *     apart
     */
    public ForeignFields(String authservId, boolean banner, boolean exact) {
        this.authservId = authservId;
        this.banner = banner;
        this.exact = exact;
    }

    /** Takes the next field of the head, from the top. */
    public void take(String name, String value) {
        String folded = name.strip().toLowerCase(Locale.ROOT);
        int occurrence = seen.merge(exact ? name.toLowerCase(Locale.ROOT) : folded, 1, Integer::sum);
        if (isForeign(folded, value)) {
            foreign.add(new FieldPosition(name, occurrence));
        }
    }

    /** Those to take out, the lowest first: taking one out does not move those above it. */
    public List<FieldPosition> lowestFirst() {
        return foreign.reversed();
    }

    private boolean isForeign(String folded, String value) {
        if (folded.startsWith(Stamps.PREFIX.toLowerCase(Locale.ROOT))) {
            return true;
        }
        if (folded.equals(Stamps.BANNER.toLowerCase(Locale.ROOT))) {
            return banner;
        }
        return folded.equals(AUTHENTICATION_RESULTS) && mayBeOurs(value);
    }

    /** Whether a reader could take the field for ours. One that cannot be read might be read so by somebody else. */
    private boolean mayBeOurs(String value) {
        int at = afterCommentsAndSpace(value);
        if (at < 0) {
            return true;
        }
        String id = value.startsWith("\"", at) ? quoted(value, at) : token(value, at);
        return id.isEmpty() || id.equalsIgnoreCase(authservId) || id.equalsIgnoreCase(authservId + ".");
    }

    /** Where comments and white space (RFC 5322, 3.2.2) end; negative where a comment does not. */
    private static int afterCommentsAndSpace(String value) {
        int depth = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && depth > 0) {
                i++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && depth > 0) {
                depth--;
            } else if (depth == 0 && c != ' ' && c != '\t' && c != '\r' && c != '\n') {
                return i;
            }
        }
        return depth == 0 ? value.length() : -1;
    }

    private static String token(String value, int from) {
        int to = from;
        while (to < value.length() && " \t\r\n;(/".indexOf(value.charAt(to)) < 0) {
            to++;
        }
        return value.substring(from, to);
    }

    private static String quoted(String value, int from) {
        StringBuilder text = new StringBuilder();
        for (int i = from + 1; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"') {
                return text.toString();
            }
            if (c == '\\' && i + 1 < value.length()) {
                c = value.charAt(++i);
            }
            text.append(c);
        }
        return "";
    }
}
