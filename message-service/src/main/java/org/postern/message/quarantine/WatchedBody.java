package org.postern.message.quarantine;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.postern.events.ContentHash;

/**
 * A mail on its way into the store, whose head is watched for a pass. Only the topmost field {@link ReleasePasses#FIELD}
 * counts; from the end of it on the hash is made that the pass has to be bound to.
 */
public final class WatchedBody extends FilterInputStream {
    private static final int LONGEST = 8 * 1024;

    private final Predicate<String> worthwhile;
    private final ByteArrayOutputStream field = new ByteArrayOutputStream();
    private boolean watching = true;
    private boolean lineBegins = true;
    private @Nullable String pass;
    private @Nullable ReleasedText below;

    /**
     * A pass and the hash of what stands below it.
     *
     * @param pass the field's value
     */
    public record Claim(String pass, ContentHash below) {
        @Override
        public String toString() {
            return "Claim";
        }
    }

    /** @param worthwhile whether a pass is to be looked at: for one that is forged nothing is hashed */
    public WatchedBody(InputStream mail, Predicate<String> worthwhile) {
        super(mail);
        this.worthwhile = worthwhile;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = super.read(buffer, offset, length);
        int at = offset;
        while (watching && at < offset + n) {
            watch(buffer[at]);
            // The octet that ends the field is the first below it.
            at += watching ? 1 : 0;
        }
        if (below != null && at < offset + n) {
            below.take(buffer, at, offset + n - at);
        }
        return n;
    }

    @Override
    public long skip(long n) {
        throw new UnsupportedOperationException("skipped octets would not be seen");
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** The claim; to be asked for at the end of the mail. Empty where there is none that is worth a look. */
    public Optional<Claim> claim() {
        return pass == null || below == null ? Optional.empty() : Optional.of(new Claim(pass, below.hash()));
    }

    private void watch(byte octet) {
        if (lineBegins) {
            boolean continues = octet == ' ' || octet == '\t';
            if (!continues && endOfField()) {
                return;
            }
            lineBegins = false;
            if (!continues && (octet == '\r' || octet == '\n')) {
                // An empty line: the head is over. A lone CR there is the beginning of no field of ours either.
                watching = false;
                return;
            }
        }
        lineBegins = octet == '\n';
        if (!lineBegins && field.size() <= LONGEST) {
            field.write(octet);
        }
    }

    /** @return whether that was the field, and the watching ends */
    private boolean endOfField() {
        String text = field.toString(StandardCharsets.ISO_8859_1);
        field.reset();
        int colon = text.indexOf(':');
        if (colon < 0 || !text.substring(0, colon).strip().equalsIgnoreCase(ReleasePasses.FIELD)) {
            return false;
        }
        watching = false;
        String value = text.substring(colon + 1).replaceAll("\\s", "");
        if (worthwhile.test(value)) {
            pass = value;
            below = new ReleasedText();
        }
        return true;
    }
}
