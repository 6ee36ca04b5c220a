package org.postern.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A block of IP addresses (CIDR, RFC 4632).
 *
 * @param base an address of the block
 * @param prefix how many leading bits an address shares with the base
 */
public record Network(InetAddress base, int prefix) {
    // Only literals: a name would be looked up, and a block of names is no block.
    private static final Pattern LITERAL =
            Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    public Network {
        if (prefix < 0 || prefix > base.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("the prefix of a network is 0 to 32 or 0 to 128 bits long");
        }
    }

    /**
     * Reads a block as it is written in a configuration, for instance {@code 10.0.0.0/8} or {@code fd00::/8}.
     *
     * @throws IllegalArgumentException where the text is not one
     */
    public static Network of(String cidr) {
        int slash = cidr.indexOf('/');
        String address = slash < 0 ? cidr : cidr.substring(0, slash);
        if (!LITERAL.matcher(address).matches()) {
            throw malformed(null);
        }
        try {
            InetAddress base = InetAddress.getByName(address);
            int prefix = slash < 0 ? base.getAddress().length * Byte.SIZE : Integer.parseInt(cidr.substring(slash + 1));
            return new Network(base, prefix);
        } catch (UnknownHostException | NumberFormatException e) {
            throw malformed(e);
        }
    }

    private static IllegalArgumentException malformed(@Nullable Exception cause) {
        return new IllegalArgumentException(
                "a network is written as an IP address, a slash and a prefix length", cause);
    }

    /** Whether an address is in the block. An address of the other family never is. */
    public boolean contains(InetAddress address) {
        byte[] ours = base.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        int whole = prefix / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (ours[i] != theirs[i]) {
                return false;
            }
        }
        int rest = prefix % Byte.SIZE;
        int mask = 0xff << (Byte.SIZE - rest) & 0xff;
        return rest == 0 || (ours[whole] & mask) == (theirs[whole] & mask);
    }
}
