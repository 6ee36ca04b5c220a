@NullMarked
package org.postern.spam.rspamd;

import org.jspecify.annotations.NullMarked;
