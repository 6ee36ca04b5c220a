/** That no regular expression of the service takes longer than a text is long, whatever the text. */
@NullMarked
package org.postern.spam.expressions;

import org.jspecify.annotations.NullMarked;
