/** What is shipped and how it is run, held against the code it is about. */
@NullMarked
package org.postern.deploy;

import org.jspecify.annotations.NullMarked;
