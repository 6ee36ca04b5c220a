@NullMarked
package org.postern.scan.rest;

import org.jspecify.annotations.NullMarked;
