@NullMarked
package org.postern.scan.mail;

import org.jspecify.annotations.NullMarked;
