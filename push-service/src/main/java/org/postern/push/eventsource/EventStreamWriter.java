package org.postern.push.eventsource;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Begins a stream in place of a body, and leaves the response open. REST is done with the request then, and keeps nothing
 * of it: a stream as REST would write it holds the request, the identity and the claims of the token for as long as it lives.
 */
@Provider
public class EventStreamWriter implements ServerMessageBodyWriter<OpenStream> {
    @Override
    public boolean isWriteable(Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType media) {
        return isStream(type);
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return isStream(type);
    }

    private static boolean isStream(Class<?> type) {
        return OpenStream.class.isAssignableFrom(type);
    }

    @Override
    public void writeResponse(OpenStream stream, Type generic, ServerRequestContext context) {
        stream.begin();
    }

    @Override
    public void writeTo(
            OpenStream stream,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, Object> headers,
            OutputStream body)
            throws IOException {
        throw new IOException("a stream has no body that could be written elsewhere");
    }
}
