package org.postern.engine;

/**
 * What came of giving an engine a body once.
 *
 * @param <R> what the engine says of a body
 */
public sealed interface Attempt<R> {
    /** The engine has said what it thinks of the body. */
    record Answered<R>(R result) implements Attempt<R> {}

    /** It said nothing that can be used; the body may be why. */
    record Failed<R>(R result) implements Attempt<R> {}

    /** There will be no answer, however often it is tried. */
    record Hopeless<R>(R result) implements Attempt<R> {}

    /** The engine is away, which says nothing of the body. */
    record EngineAway<R>() implements Attempt<R> {}

    /** The body cannot be read for now, which says nothing of the engine. */
    record BodyAway<R>() implements Attempt<R> {}
}
