@NullMarked
package org.postern.gateway.lemonldap;

import org.jspecify.annotations.NullMarked;
