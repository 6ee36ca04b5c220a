@NullMarked
package org.postern.store.config;

import org.jspecify.annotations.NullMarked;
