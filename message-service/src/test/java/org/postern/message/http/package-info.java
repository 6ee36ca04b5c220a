@NullMarked
package org.postern.message.http;

import org.jspecify.annotations.NullMarked;
