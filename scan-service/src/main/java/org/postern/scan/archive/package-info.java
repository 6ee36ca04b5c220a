/** Archives: zip, 7z, tar and their kin, rar by its headers. */
@NullMarked
package org.postern.scan.archive;

import org.jspecify.annotations.NullMarked;
