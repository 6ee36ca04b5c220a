@NullMarked
package org.postern.push.account;

import org.jspecify.annotations.NullMarked;
