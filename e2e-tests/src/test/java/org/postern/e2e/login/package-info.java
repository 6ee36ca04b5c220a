/** People that log in and out with a real identity provider. */
@NullMarked
package org.postern.e2e.login;

import org.jspecify.annotations.NullMarked;
