/** A mail as its reader sees it: texts, links, forms and files, within limits. */
@NullMarked
package org.postern.spam.phishing.view;

import org.jspecify.annotations.NullMarked;
