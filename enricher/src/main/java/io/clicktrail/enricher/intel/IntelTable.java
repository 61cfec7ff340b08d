package io.clicktrail.enricher.intel;

import io.clicktrail.intel.Indicator;
import io.clicktrail.intel.IndicatorType;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * All indicators in force, by what they name. One thread offers and removes, any number look up without a lock.
 * Bounded: what finds no place is refused, never half taken in. What is said of one value is one array of bytes
 * ({@link IndicatorBytes}), so that a million indicators take less than 150 MB; it is decoded where it is hit.
 */
public final class IntelTable {

    private static final char PART = ' ';
    private static final String AFTER_SCHEME = "://";
    private static final Indicator[] NONE = {};

    private final int capacity;
    private final IndicatorBytes form = new IndicatorBytes();
    private final IndicatorSlots byValue;
    private final HashCounts hostsOfUrls;

    /** Blocks and their texts. Feeds list thousands of networks at most, so these are objects. */
    private final ConcurrentMap<AddressBlock, String> networks = new ConcurrentHashMap<>();

    private final ConcurrentMap<Integer, Integer> prefixLengths = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong version = new AtomicLong();

    /** @param capacity greatest number of indicators, at least 1 */
    public IntelTable(int capacity) {
        this.capacity = capacity;
        long seed = new SecureRandom().nextLong();
        byValue = new IndicatorSlots(seed);
        hostsOfUrls = new HashCounts(seed);
    }

    /** Key of an indicator on its topic: source, type and value. */
    public static String key(Indicator indicator) {
        return indicator.getSource() + PART + indicator.getType() + PART + indicator.getValue();
    }

    /**
     * Puts an indicator in force, in place of what the same source said of the same thing.
     *
     * @return why it was refused; null where it was not
     */
    public @Nullable String offer(Indicator indicator) {
        if (indicator.getConfidence() < 1 || indicator.getConfidence() > 100) {
            return "confidence " + indicator.getConfidence() + " is not from 1 to 100";
        }
        @Nullable AddressBlock network = null;
        if (indicator.getType() == IndicatorType.NETWORK) {
            network = AddressBlock.parse(indicator.getValue());
            if (network == null) {
                return indicator.getValue() + " is no network";
            }
        }
        Indicator[] known = exactly(indicator.getType(), indicator.getValue());
        int at = indexOf(known, indicator.getSource());
        if (at < 0 && size.get() >= capacity) {
            return "there are " + capacity + " indicators already";
        }
        Indicator[] more = at < 0 ? Arrays.copyOf(known, known.length + 1) : known.clone();
        more[at < 0 ? known.length : at] = indicator;
        byValue.put(indicator.getType(), indicator.getValue(), form.encode(more));
        if (at < 0) {
            size.incrementAndGet();
            if (known.length == 0) {
                note(indicator.getType(), indicator.getValue(), network);
            }
        }
        if (network != null) {
            networks.put(network, indicator.getValue());
        }
        version.incrementAndGet();
        return null;
    }

    /** Takes back what a source said, by its key on the topic. */
    public void remove(String key) {
        int first = key.indexOf(PART);
        int second = first < 0 ? -1 : key.indexOf(PART, first + 1);
        @Nullable IndicatorType type = second < 0 ? null : typeOf(key.substring(first + 1, second));
        if (type == null) {
            return;
        }
        String source = key.substring(0, first);
        String value = key.substring(second + 1);
        Indicator[] known = exactly(type, value);
        int at = indexOf(known, source);
        if (at < 0) {
            return;
        }
        size.decrementAndGet();
        Indicator[] fewer = new Indicator[known.length - 1];
        System.arraycopy(known, 0, fewer, 0, at);
        System.arraycopy(known, at + 1, fewer, at, fewer.length - at);
        @Nullable AddressBlock network = type == IndicatorType.NETWORK ? AddressBlock.parse(value) : null;
        if (fewer.length > 0) {
            byValue.put(type, value, form.encode(fewer));
        } else {
            byValue.remove(type, value);
            forget(type, value, network);
        }
        version.incrementAndGet();
    }

    /** Grows with every change. */
    public long version() {
        return version.get();
    }

    /** Number of indicators. */
    public int size() {
        return size.get();
    }

    public boolean isEmpty() {
        return size.get() == 0;
    }

    /** What sources say of a URL, host, tenant key, address or hash that is named by exactly this value. */
    Indicator[] exactly(IndicatorType type, String value) {
        byte @Nullable [] listed = byValue.get(type, value);
        return listed == null ? NONE : form.decode(listed);
    }

    /** True where a source says something of exactly this value. */
    boolean lists(IndicatorType type, String value) {
        return byValue.get(type, value) != null;
    }

    /**
     * True where some indicator is a URL on this host, so that it is worth to bring the URL into canonical form; rarely
     * also where none is.
     */
    boolean knowsUrlsOf(String host) {
        return hostsOfUrls.mayHold(host);
    }

    /** What sources say of the smallest listed network that holds an address. */
    Indicator[] networkOf(String address) {
        if (prefixLengths.isEmpty()) {
            return NONE;
        }
        @Nullable AddressBlock single = AddressBlock.parse(address);
        if (single == null) {
            return NONE;
        }
        for (int length = AddressBlock.BITS; length >= 0; length--) {
            if (prefixLengths.containsKey(length)) {
                @Nullable String listed = networks.get(single.widened(length));
                if (listed != null) {
                    return exactly(IndicatorType.NETWORK, listed);
                }
            }
        }
        return NONE;
    }

    private void note(IndicatorType type, String value, @Nullable AddressBlock network) {
        if (type == IndicatorType.URL) {
            hostsOfUrls.increment(hostOf(value));
        }
        if (network != null) {
            prefixLengths.merge(network.length(), 1, Integer::sum);
        }
    }

    private void forget(IndicatorType type, String value, @Nullable AddressBlock network) {
        if (type == IndicatorType.URL) {
            hostsOfUrls.decrement(hostOf(value));
        }
        if (network != null) {
            networks.remove(network);
            prefixLengths.computeIfPresent(network.length(), (length, count) -> count == 1 ? null : count - 1);
        }
    }

    /** The host of a URL in canonical form. */
    private static String hostOf(String url) {
        int from = url.indexOf(AFTER_SCHEME) + AFTER_SCHEME.length();
        int end = url.indexOf('/', from);
        String authority = url.substring(from, end < 0 ? url.length() : end);
        int port = authority.lastIndexOf(':');
        boolean isIpv6 = port >= 0 && authority.indexOf(':') != port;
        return port < 0 || isIpv6 ? authority : authority.substring(0, port);
    }

    private static int indexOf(Indicator[] indicators, String source) {
        for (int i = 0; i < indicators.length; i++) {
            if (indicators[i].getSource().equals(source)) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable IndicatorType typeOf(String name) {
        for (IndicatorType type : IndicatorType.values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        return null;
    }
}
