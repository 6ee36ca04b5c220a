package org.postern.scan;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postern.events.mail.EngineVersion;

/**
 * Which signatures an engine scans with: the number of the database that its makers publish, and a word for those that
 * somebody added beside it, for instance {@code 27501+9f0c}. Either may be missing: an engine with test signatures only has
 * no number.
 *
 * @param database the number; null where there is none
 * @param added the word, which changes with what was added and says nothing by itself; null where none is told
 */
public record Signatures(@Nullable Long database, @Nullable String added) {
    private static final char BESIDE = '+';
    private static final Pattern FORM = Pattern.compile("(\\d{1,12})?(?:\\+([A-Za-z0-9-]{1,40}))?");

    /** Those that an answer was given with. */
    public static Signatures of(EngineVersion engine) {
        return of(engine.signatures());
    }

    /** Reads {@link #word()}; what cannot be read is as unknown as what was not told. */
    public static Signatures of(@Nullable String word) {
        Matcher form = FORM.matcher(word == null ? "" : word);
        if (!form.matches()) {
            return new Signatures(null, null);
        }
        return new Signatures(form.group(1) == null ? null : Long.valueOf(form.group(1)), form.group(2));
    }

    /** The form in answers and events; empty where nothing is known. */
    public String word() {
        return (database == null ? "" : database.toString()) + (added == null ? "" : BESIDE + added);
    }

    /**
     * Whether they may find what those others did not. An older database does not, nor one that was lost; what was added or
     * taken away beside the same database may.
     */
    public boolean replace(Signatures others) {
        if (Objects.equals(database, others.database)) {
            return !Objects.equals(added, others.added);
        }
        return database != null && (others.database == null || database > others.database);
    }
}
