package org.postern.message.siem;

import java.io.IOException;
import java.util.List;
import org.postern.message.outlet.ToldEvent;

/** Where lines go. Used by one thread. */
public interface LineSink extends AutoCloseable {
    /** A line of an event. */
    record Line(ToldEvent event, String text) {}

    /**
     * Writes lines, and returns when they are out of this process.
     *
     * @throws IOException where they are not; some of them may be
     */
    void write(List<Line> lines) throws IOException;

    @Override
    void close();
}
