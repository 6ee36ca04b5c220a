package org.postern.message.siem;

import java.io.IOException;
import java.util.List;
import org.postern.message.outlet.Outlet;
import org.postern.message.outlet.OutletUnavailableException;
import org.postern.message.outlet.ToldEvent;

/**
 * Writes events for whoever watches over security. Nothing is buffered here: what cannot be written waits in Kafka and is
 * written again, from the first line of those that were given together.
 */
public final class ExportEvents implements Outlet {
    private final LineFormat format;
    private final LineSink sink;

    public ExportEvents(LineFormat format, LineSink sink) {
        this.format = format;
        this.sink = sink;
    }

    @Override
    public void take(List<ToldEvent> events) throws OutletUnavailableException {
        try {
            sink.write(events.stream()
                    .map(event -> new LineSink.Line(event, format.line(event)))
                    .toList());
        } catch (IOException e) {
            throw new OutletUnavailableException("the collector of security events is away", e);
        }
    }
}
