/** What a client hands in, read and refused before anything is kept: envelope, preference, key, the head of the body. */
@NullMarked
package org.postern.message.intake;

import org.jspecify.annotations.NullMarked;
