package org.postern.message.mtahooks;

import org.postern.message.desk.SmtpEnvelope;

/** What a request asks. */
sealed interface Hook {
    /** About a stage at which there is no message: a recipient, a greeting. */
    record OtherStage() implements Hook {}

    /** About a message, whose contents come next in the document. */
    record Message(HookContext context, SmtpEnvelope envelope, HookHead head) implements Hook {}
}
