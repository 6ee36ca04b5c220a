@NullMarked
package org.postern.gateway.login;

import org.jspecify.annotations.NullMarked;
