@NullMarked
package org.postern.testsupport;

import org.jspecify.annotations.NullMarked;
