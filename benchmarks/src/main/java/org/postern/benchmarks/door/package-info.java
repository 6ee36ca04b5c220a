/** The door beside the proxies that people run: requests a second, latency and CPU time, with the same token and origin. */
@NullMarked
package org.postern.benchmarks.door;

import org.jspecify.annotations.NullMarked;
