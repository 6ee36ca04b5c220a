/** Images, compose, workflows, licences and advisories. */
@NullMarked
package org.postern.deploy.supply;

import org.jspecify.annotations.NullMarked;
