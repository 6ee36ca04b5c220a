/** What an operator is told about the parts this service needs. */
@NullMarked
package org.postern.message.health;

import org.jspecify.annotations.NullMarked;
