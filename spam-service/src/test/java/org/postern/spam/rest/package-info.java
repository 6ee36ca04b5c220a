@NullMarked
package org.postern.spam.rest;

import org.jspecify.annotations.NullMarked;
