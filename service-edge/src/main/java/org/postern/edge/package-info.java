/** What every REST service of the suite shares, and nothing else. */
@NullMarked
package org.postern.edge;

import org.jspecify.annotations.NullMarked;
