package org.postern.message.rendition;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.postern.events.ObjectReference;
import org.postern.events.mail.Finding;

/** Has bodies rendered, so that reading them is harmless. */
public interface Renditions {
    /** What a rendition comes as. */
    sealed interface Form {
        Form JSON = new Json();
        Form PAGE = new Page();

        /** HTML, text, and what was found, as JSON. */
        record Json() implements Form {}

        /** A page that stands alone. */
        record Page() implements Form {}

        /**
         * A picture of the page, without anything remote.
         *
         * @param width pixels, as the reader wrote them
         * @param height pixels, as the reader wrote them
         */
        record Picture(String width, String height) implements Form {}
    }

    /** What becomes of remote content: not fetched at all, or images through a proxy that tells nobody who reads. */
    enum Remote {
        BLOCKED,
        PROXIED
    }

    /**
     * The rendition of a body whose reader was authorised.
     *
     * @throws UnavailableException where there is no answer now
     */
    Answer of(ObjectReference object, Form form, Remote remote, Reader reader)
            throws UnavailableException, InterruptedException;

    /**
     * Who reads.
     *
     * @param authorization the reader's own {@code Authorization}
     * @param languages as in {@code Accept-Language}; empty where nothing is said
     * @param warnings what the assessment found, the worst first
     */
    record Reader(String authorization, String languages, List<Finding> warnings) {
        public Reader {
            warnings = List.copyOf(warnings);
        }

        @Override
        public String toString() {
            // The token has no place in a log.
            return "Reader[" + languages + ", " + warnings.size() + " warnings]";
        }
    }

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
