package org.postern.message;

import java.io.InputStream;
import java.util.Map;
import org.postern.events.ObjectReference;

/** Has bodies rendered, so that reading them is harmless. */
public interface Renditions {
    /** What a rendition comes as. */
    enum Form {
        JSON,
        PAGE
    }

    /** What becomes of remote content: not fetched at all, or images through a proxy that tells nobody who reads. */
    enum Remote {
        BLOCKED,
        PROXIED
    }

    /**
     * The rendition of a body whose reader was authorised.
     *
     * @param authorization the reader's own {@code Authorization}
     * @throws UnavailableException where there is no answer now
     */
    Answer of(ObjectReference object, Form form, Remote remote, String authorization)
            throws UnavailableException, InterruptedException;

    /**
     * An answer to pass on.
     *
     * @param headers those that belong to the content
     * @param body to be closed by whoever reads it
     */
    record Answer(int status, Map<String, String> headers, InputStream body) {
        public Answer {
            headers = Map.copyOf(headers);
        }
    }

    /** There is no answer now. */
    final class UnavailableException extends Exception {
        private static final long serialVersionUID = 1L;

        /** @param cause what the client said */
        public UnavailableException(Throwable cause) {
            super("no rendition", cause);
        }
    }
}
