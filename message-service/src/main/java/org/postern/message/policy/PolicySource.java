package org.postern.message.policy;

/** Where the policy comes from. */
public interface PolicySource {
    /** What decides now. */
    PolicyInForce inForce();

    /**
     * The policy that a text says.
     *
     * @throws InvalidPolicyException where it says none; with line and column
     */
    Policy parse(String text);
}
