package org.postern.engine;

import java.util.random.RandomGenerator;

/**
 * Gives an engine a body until there is something to tell.
 *
 * <p>An engine or a body that is away is waited for, however long that takes. A failure that is about this very body, with
 * an engine that answers for others, is repeated a few times and then told, so that no body can block the others.
 */
public final class UntilAnswered {
    private final TryRules rules;
    private final Pause pause;
    private final HealthCheck engine;

    /** Whether the engine answers at all. */
    @FunctionalInterface
    public interface HealthCheck {
        /** Whether it does, by an answer of just now. */
        boolean isHealthy() throws InterruptedException;
    }

    /** One try, with its own deadline. */
    @FunctionalInterface
    public interface Question<R> {
        /** Gives the engine the body once. */
        Attempt<R> ask() throws InterruptedException;
    }

    /**
     * What is told in the end.
     *
     * @param answered whether the engine has answered; where not, the body was given up
     */
    public record Told<R>(R result, boolean answered) {}

    public UntilAnswered(TryRules rules, Pause pause, HealthCheck engine) {
        this.rules = rules;
        this.pause = pause;
        this.engine = engine;
    }

    /**
     * Asks until there is something to tell.
     *
     * @throws InterruptedException where whoever asks is stopped
     */
    public <R> Told<R> ask(Question<R> question) throws InterruptedException {
        int failures = 0;
        for (int pauses = 0; ; ) {
            boolean bodyIsAway = false;
            switch (question.ask()) {
                case Attempt.Answered<R>(R result) -> {
                    return new Told<>(result, true);
                }
                case Attempt.Hopeless<R>(R result) -> {
                    return new Told<>(result, false);
                }
                case Attempt.Failed<R>(R result) -> {
                    failures++;
                    if (failures >= rules.tries()) {
                        return new Told<>(result, false);
                    }
                }
                case Attempt.EngineAway<R>() -> {}
                case Attempt.BodyAway<R>() -> bodyIsAway = true;
            }
            // Every try but the first follows a proof that the engine works: only then can a failure be the body's.
            do {
                pause.pause(rules.backoff().pause(pauses++, RandomGenerator.getDefault()));
            } while (!bodyIsAway && !engine.isHealthy());
        }
    }
}
