@NullMarked
package org.postern.events.mail;

import org.jspecify.annotations.NullMarked;
