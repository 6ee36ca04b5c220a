package org.postern.render.rest;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postern.edge.problem.ProblemException;
import org.postern.events.ObjectReference;
import org.postern.mime.UnreadableMailException;
import org.postern.render.RenderingException;
import org.postern.store.MessageStore;
import org.postern.store.ObjectMissingException;
import org.postern.store.reference.InvalidSignedReferenceException;
import org.postern.store.reference.ObjectReferenceSigner;

/** Mails of the store, for whoever has a signed reference; what keeps one from being read is a problem. */
final class StoredMails {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final MessageStore store;
    private final ObjectReferenceSigner signer;

    StoredMails(MessageStore store, ObjectReferenceSigner signer) {
        this.store = store;
        this.signer = signer;
    }

    /** What is made of a mail. */
    @FunctionalInterface
    interface Use<T, E extends Exception> {
        T of(ObjectReference reference, InputStream mail) throws IOException, E;
    }

    <T, E extends Exception> T read(@Nullable String object, Use<T, E> use) throws E {
        try {
            ObjectReference reference = signer.verify(object == null ? "" : object);
            try (InputStream mail = store.open(reference)) {
                return use.of(reference, mail);
            }
        } catch (InvalidSignedReferenceException e) {
            throw new ProblemException(
                    403, "object-reference-invalid", "The signed object reference is " + e.getMessage() + ".");
        } catch (UnreadableMailException e) {
            throw Refusals.of(e);
        } catch (RenderingException e) {
            throw Refusals.of(e);
        } catch (ObjectMissingException e) {
            throw new ProblemException(404, "object-missing", "The mail is not in the store any more.").withCause(e);
        } catch (IOException e) {
            throw new ProblemException(503, "store-unavailable", "The mail cannot be read from the store now.")
                    .withRetryAfter(RETRY_AFTER)
                    .withCause(e);
        }
    }
}
