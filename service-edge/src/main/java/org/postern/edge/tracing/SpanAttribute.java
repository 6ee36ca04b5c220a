package org.postern.edge.tracing;

import io.opentelemetry.api.common.AttributeKey;

/** What a span may say. Nothing else can be put into one, and no value that could be an address or a text. */
public enum SpanAttribute {
    /** Postern's own id of a message. */
    MESSAGE("postern.message.id"),
    /** A topic of the suite. */
    TOPIC("messaging.destination.name"),
    /** The method of a request. */
    METHOD("http.request.method"),
    /** The status of an answer. */
    STATUS("http.response.status_code"),
    /** The engine that was asked. */
    ENGINE("postern.engine"),
    /** What came of it: a verdict or a class. */
    RESULT("postern.result");

    private final String key;

    SpanAttribute(String name) {
        this.key = name;
    }

    AttributeKey<String> key() {
        return AttributeKey.stringKey(key);
    }
}
