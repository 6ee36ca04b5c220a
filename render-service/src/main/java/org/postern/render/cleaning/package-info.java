/** Cleans the tree of a mail: what fetches, runs or submits is taken out, and what stays is put right. */
@NullMarked
package org.postern.render.cleaning;

import org.jspecify.annotations.NullMarked;
