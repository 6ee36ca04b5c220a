/** The images, run as Compose and the chart run them: {@code ./postern images test}. */
@NullMarked
package org.postern.deploy.images;

import org.jspecify.annotations.NullMarked;
