/** What this service remembers: words that were learned, and who has written before. The schema {@code spam}. */
@NullMarked
package org.postern.spam.postgres;

import org.jspecify.annotations.NullMarked;
