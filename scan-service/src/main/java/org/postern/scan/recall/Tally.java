package org.postern.scan.recall;

/**
 * What came of messages.
 *
 * @param scanned looked at by the engine
 * @param worse those of them that came out worse, and were told
 * @param better those that came out better, and were told
 * @param known left alone, since the same content was looked at with these signatures
 * @param gone erased meanwhile
 * @param failed could not be scanned, again and again: what was said about them stands
 */
public record Tally(long scanned, long worse, long better, long known, long gone, long failed) {
    /** Nothing yet. */
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

    /** With one more. */
    public Tally with(Rescanned one) {
        return switch (one) {
            case Rescanned.Told told ->
                new Tally(
                        scanned + 1,
                        worse + (told.worse() ? 1 : 0),
                        better + (told.worse() ? 0 : 1),
                        known,
                        gone,
                        failed);
            case Rescanned.Unchanged same -> new Tally(scanned + 1, worse, better, known, gone, failed);
            case Rescanned.Known same -> new Tally(scanned, worse, better, known + 1, gone, failed);
            case Rescanned.Gone erased -> new Tally(scanned, worse, better, known, gone + 1, failed);
            case Rescanned.Failed none -> new Tally(scanned, worse, better, known, gone, failed + 1);
            case Rescanned.NotNow later -> this;
        };
    }

    /** Both together. */
    public Tally plus(Tally other) {
        return new Tally(
                scanned + other.scanned,
                worse + other.worse,
                better + other.better,
                known + other.known,
                gone + other.gone,
                failed + other.failed);
    }
}
