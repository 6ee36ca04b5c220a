/** What is held and what becomes of it: searched, released, deleted, and every act accounted for. */
@NullMarked
package org.postern.message.quarantine;

import org.jspecify.annotations.NullMarked;
