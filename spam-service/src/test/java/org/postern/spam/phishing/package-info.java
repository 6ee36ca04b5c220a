@NullMarked
package org.postern.spam.phishing;

import org.jspecify.annotations.NullMarked;
