@NullMarked
package org.postern.push.rest;

import org.jspecify.annotations.NullMarked;
