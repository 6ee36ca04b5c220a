@NullMarked
package org.postern.database;

import org.jspecify.annotations.NullMarked;
