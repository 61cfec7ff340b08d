package io.clicktrail.enricher.identity;

import io.clicktrail.enricher.intel.AddressBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that an operator knows to be several hosts' at once: address translators, terminal servers, proxies,
 * resolvers, and the machines that open links in mails to look at them.
 */
public final class SharedAddresses {

    /** Opens links by itself, so that its visits are nobody's clicks. */
    public static final String DETONATOR = "detonator";

    /** Kinds that an operator can name. */
    public static final Set<String> KINDS = Set.of("nat", "vdi", "proxy", "resolver", DETONATOR);

    private static final String SETTING = "clicktrail.enricher.shared-addresses.";

    private record Block(AddressBlock network, String kind) {}

    private final List<Block> blocks;

    private SharedAddresses(List<Block> blocks) {
        this.blocks = List.copyOf(blocks);
    }

    /**
     * Reads the operator's blocks.
     *
     * @param byKind addresses or networks by kind
     * @throws IllegalArgumentException for a kind or a block that is none
     */
    public static SharedAddresses of(Map<String, List<String>> byKind) {
        List<Block> blocks = new ArrayList<>();
        byKind.forEach((given, networks) -> {
            String kind = given.toLowerCase(Locale.ROOT);
            if (!KINDS.contains(kind)) {
                throw new IllegalArgumentException(
                        SETTING + given + " is unknown; the last part must be one of " + KINDS);
            }
            for (String text : networks) {
                AddressBlock network = AddressBlock.parse(text.strip());
                if (network == null) {
                    throw new IllegalArgumentException(
                            SETTING + given + " is '" + text + "' but must be an address or a network");
                }
                blocks.add(new Block(network, kind));
            }
        });
        return new SharedAddresses(blocks);
    }

    /** The kind of the smallest block that holds an address; null where none does. */
    public @Nullable String kindOf(@Nullable String address) {
        if (address == null || blocks.isEmpty()) {
            return null;
        }
        AddressBlock single = AddressBlock.parse(address);
        if (single == null) {
            return null;
        }
        @Nullable Block smallest = null;
        for (Block block : blocks) {
            boolean smaller = smallest == null
                    || block.network().length() > smallest.network().length();
            if (smaller && block.network().contains(single)) {
                smallest = block;
            }
        }
        return smallest == null ? null : smallest.kind();
    }
}
