package org.postern.edge.problem;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A refusal that becomes a problem document. Thrown by adapters; the core has types of its own for what it expects. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient @Nullable Duration retryAfter;

    /**
     * A refusal.
     *
     * @param status the HTTP status
     * @param code the stable code, in kebab-case
     * @param detail a sentence that does not repeat what was sent
     */
    public ProblemException(int status, String code, String detail) {
        this(Problem.of(status, code, detail), null, null);
    }

    private ProblemException(Problem problem, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(problem.code() + ": " + problem.detail(), cause);
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    /** The same refusal, naming the header, parameter or property that is wrong. */
    public ProblemException withField(String field) {
        return new ProblemException(problem.withField(field), retryAfter, getCause());
    }

    /** The same refusal, saying what to do next. */
    public ProblemException withNext(String next) {
        return new ProblemException(problem.withNext(next), retryAfter, getCause());
    }

    /** The same refusal, saying when to come again ({@code Retry-After}, in whole seconds). */
    public ProblemException withRetryAfter(Duration after) {
        return new ProblemException(problem, after, getCause());
    }

    /** The same refusal, with what caused it, for the log. */
    public ProblemException withCause(Throwable cause) {
        return new ProblemException(problem, retryAfter, cause);
    }

    /** The document. */
    public Problem problem() {
        return problem;
    }

    /** When to come again; null where that does not help. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
