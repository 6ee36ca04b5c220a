/** Documents of office suites: OLE, OOXML, OpenDocument, RTF, and winmail.dat. */
@NullMarked
package org.postern.scan.office;

import org.jspecify.annotations.NullMarked;
