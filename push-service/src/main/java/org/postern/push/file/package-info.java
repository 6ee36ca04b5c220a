/** What an operator keeps in files. */
@NullMarked
package org.postern.push.file;

import org.jspecify.annotations.NullMarked;
