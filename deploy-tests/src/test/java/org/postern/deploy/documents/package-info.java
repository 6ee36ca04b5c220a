/** Documents that must not say what is not so. */
@NullMarked
package org.postern.deploy.documents;

import org.jspecify.annotations.NullMarked;
