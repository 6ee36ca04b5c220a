@NullMarked
package org.postern.message.rest;

import org.jspecify.annotations.NullMarked;
