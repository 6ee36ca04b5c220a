package org.postern.edge.problem;

/** The problems that are the same everywhere, by status. */
public final class StandardProblem {
    private StandardProblem() {}

    /** The document for a status that says all there is to say. */
    public static Problem of(int status) {
        return switch (status) {
            case 400 -> Problem.of(status, "request-malformed", "The request is not well-formed.");
            case 404 -> Problem.of(status, "not-found", "There is nothing here.");
            case 405 -> Problem.of(status, "method-not-allowed", "This does not answer to that method.");
            case 406 -> Problem.of(status, "not-acceptable", "None of the media types asked for can be given.");
            case 413 -> Problem.of(status, "body-too-large", "The body is larger than this takes.");
            case 415 -> Problem.of(status, "media-type-unsupported", "This does not take bodies of that media type.");
            case 431 -> Problem.of(status, "headers-too-large", "The request's headers are larger than 64 KiB.");
            case 503 -> Problem.of(status, "service-unavailable", "This cannot be done now. Try again later.");
            default ->
                status < 500
                        ? Problem.of(status, "refused", "The request was refused.")
                        : Problem.of(status, "internal", "Something went wrong on our side. It has been logged.");
        };
    }
}
