/** The Helm chart, rendered by Helm itself and read back. */
@NullMarked
package org.postern.deploy.chart;

import org.jspecify.annotations.NullMarked;
