package org.postern.store;

import java.util.regex.Pattern;
import org.postern.events.MalformedValueException;

/**
 * The name of something that every replica finds again. Whoever sees the store sees names: one has to be a sum with a key, so
 * that it tells nothing and cannot be guessed.
 *
 * @param hex 64 hexadecimal digits in small letters
 */
public record CacheName(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public CacheName {
        if (!FORM.matcher(hex).matches()) {
            throw new MalformedValueException("cache name", "must be 64 hexadecimal digits");
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
