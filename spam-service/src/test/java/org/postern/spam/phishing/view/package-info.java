@NullMarked
package org.postern.spam.phishing.view;

import org.jspecify.annotations.NullMarked;
