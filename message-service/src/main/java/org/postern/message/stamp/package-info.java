/** What is written into the head of a message for those who come after us, and what is taken out that others wrote in our name. */
@NullMarked
package org.postern.message.stamp;

import org.jspecify.annotations.NullMarked;
