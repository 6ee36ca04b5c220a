package org.postern.render.rest;

import java.time.Duration;
import java.util.Objects;
import org.postern.edge.problem.ProblemException;
import org.postern.mime.UnreadableMailException;
import org.postern.render.RenderingException;
import org.postern.render.preview.PreviewException;

/** What is not rendered, as problems. */
final class Refusals {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private Refusals() {}

    static ProblemException of(UnreadableMailException e) {
        int status =
                switch (e.defect()) {
                    case EMPTY, NOT_A_MAIL, NUL_IN_HEADER, MALFORMED -> 400;
                    case HEADER_TOO_LARGE, TOO_DEEP, TOO_MANY_PARTS, TEXT_TOO_LARGE -> 413;
                };
        return new ProblemException(status, e.defect().code(), "The mail is not rendered: " + e.getMessage() + ".");
    }

    static ProblemException of(RenderingException e) {
        int status =
                switch (e.reason()) {
                    case HTML_TOO_LARGE -> 413;
                    case TOO_EXPENSIVE -> 422;
                };
        return new ProblemException(
                status, e.reason().code(), Objects.requireNonNullElse(e.getMessage(), "It is beyond the limits."));
    }

    static ProblemException remoteUnknown() {
        return new ProblemException(400, "remote-unknown", "remote is not one of blocked, proxied.")
                .withField("remote");
    }

    static ProblemException of(PreviewException e) {
        return switch (e.reason()) {
            case OFF ->
                new ProblemException(404, "previews-off", "This installation makes no pictures of mails.")
                        .withNext("Ask for the view, or turn postern.preview.enabled on.");
            case BUSY ->
                new ProblemException(503, "previews-busy", "Other pictures are being made.")
                        .withRetryAfter(RETRY_AFTER);
            case LATE ->
                new ProblemException(422, "preview-too-expensive", "The picture of this mail takes too long to make.")
                        .withNext("Ask for the view.")
                        .withCause(e);
            case FAILED ->
                new ProblemException(503, "preview-unavailable", "The picture cannot be made now.")
                        .withRetryAfter(RETRY_AFTER)
                        .withCause(e);
        };
    }
}
