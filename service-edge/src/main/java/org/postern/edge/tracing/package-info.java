/** Traces: what happened to a message, from service to service, told to a collector by OTLP where there is one. */
@NullMarked
package org.postern.edge.tracing;

import org.jspecify.annotations.NullMarked;
