package org.postern.events.codec;

/** The names of the Kafka headers (CloudEvents Kafka protocol binding 1.0.2, section 3.2; W3C trace context). */
public final class EventHeader {
    public static final String SPEC_VERSION = "ce_specversion";
    public static final String ID = "ce_id";
    public static final String SOURCE = "ce_source";
    public static final String TYPE = "ce_type";
    public static final String TIME = "ce_time";
    public static final String SUBJECT = "ce_subject";
    /** Our extension attribute: the tenant. */
    public static final String TENANT = "ce_tenant";

    public static final String CONTENT_TYPE = "content-type";
    public static final String TRACE_PARENT = "traceparent";

    private EventHeader() {}
}
