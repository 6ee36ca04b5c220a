@NullMarked
package org.postern.message.judgement;

import org.jspecify.annotations.NullMarked;
