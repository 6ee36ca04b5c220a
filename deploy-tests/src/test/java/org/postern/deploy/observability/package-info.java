/** Alerts and dashboards against the metrics that exist. */
@NullMarked
package org.postern.deploy.observability;

import org.jspecify.annotations.NullMarked;
