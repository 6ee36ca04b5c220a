/** What an operator is told about the parts this service needs. */
@NullMarked
package org.postern.push.health;

import org.jspecify.annotations.NullMarked;
