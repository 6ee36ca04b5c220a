package org.postern.render.rest;

import java.util.Objects;
import org.postern.edge.problem.ProblemException;
import org.postern.mime.UnreadableMailException;
import org.postern.render.RenderingException;

/** What is not rendered, as problems. */
final class Refusals {
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
}
