/** Mails come in and facts go out. */
@NullMarked
package org.postern.scan.kafka;

import org.jspecify.annotations.NullMarked;
