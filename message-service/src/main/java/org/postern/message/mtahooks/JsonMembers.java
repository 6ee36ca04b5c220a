package org.postern.message.mtahooks;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of an object, as they come, and each of them once: of two members of one name readers take one or the other,
 * and what one of them judged the other would deliver.
 */
final class JsonMembers {
    private static final int MOST = 100;
    private static final int LONGEST_TEXT = 2048;

    private final JsonInput json;
    private final Set<String> seen = new HashSet<>();

    private JsonMembers(JsonInput json) {
        this.json = json;
    }

    /** Those of the object that comes next. */
    static JsonMembers of(JsonInput json) throws IOException {
        json.beginObject();
        return new JsonMembers(json);
    }

    /** The text of one member of the object that comes next; null where there is no object or no such member. */
    static @Nullable String textOf(JsonInput json, String wanted) throws IOException {
        if (json.isNull()) {
            return null;
        }
        String text = null;
        JsonMembers members = of(json);
        for (String name = members.next(); name != null; name = members.next()) {
            if (name.equals(wanted)) {
                text = json.stringOrNull(LONGEST_TEXT);
            } else {
                json.skip();
            }
        }
        return text;
    }

    /** The name of the next one, whose value comes next; null at their end. */
    @Nullable String next() throws IOException {
        String name = json.name();
        if (name != null) {
            once(name);
        }
        return name;
    }

    /** The member that is being read goes by that name too. */
    void once(String name) throws RefusedHookException {
        if (!seen.add(name)) {
            throw RefusedHookException.json("An object has two members of one name.");
        }
        if (seen.size() > MOST) {
            throw RefusedHookException.json("An object has more members than are taken here.");
        }
    }

    /** Passes over those that are left. */
    void skipRest() throws IOException {
        while (next() != null) {
            json.skip();
        }
    }
}
