package io.clicktrail.benchmarks.detection;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/** Invents places; no two stories share a new one. */
final class Places {
    private final SplittableRandom random;
    private final Set<String> given = new HashSet<>();

    Places(SplittableRandom random) {
        this.random = random;
    }

    Place of(DomainKind kind) {
        Place place = invent(kind);
        for (int i = 0; i < 1000 && !given.add(place.mark()); i++) {
            place = invent(kind);
        }
        return place;
    }

    private Place invent(DomainKind kind) {
        return switch (kind) {
            case NEW -> named(kind, prefix() + words() + "." + RandomChoice.any("neutral_suffixes", random));
            case RISKY -> named(kind, prefix() + words() + "." + RandomChoice.any("risky_suffixes", random));
            case LOOKALIKE -> named(kind, lookalike());
            case BRAND ->
                named(
                        kind,
                        RandomChoice.any("brands", random)
                                + RandomChoice.any(List.of("-", ""), random)
                                + RandomChoice.any("event_words", random)
                                + "."
                                + RandomChoice.any("neutral_suffixes", random));
            case OLD_SITE -> named(kind, "www." + RandomChoice.any("old_sites", random));
            case VENDOR -> named(kind, RandomChoice.any("vendor_sites", random));
            case PARTNER -> named(kind, RandomChoice.any("partners", random));
            case SHARED -> shared();
            case ADDRESS -> {
                String address = address();
                int port = RandomChoice.any(List.of(80, 80, 8080, 8000, 443), random);
                String base = switch (port) {
                    case 80 -> "http://" + address;
                    case 443 -> "https://" + address;
                    default -> "http://" + address + ":" + port;
                };
                yield new Place(kind, base, address, address);
            }
        };
    }

    private Place named(DomainKind kind, String host) {
        return new Place(kind, "https://" + host, host, addressOf(host));
    }

    private Place shared() {
        String template = RandomChoice.any("shared_hosting", random);
        String tenant = template.replace("{tenant}", words() + random.nextInt(10, 100))
                .replace("{word}", RandomChoice.any("words", random));
        String host = tenant.contains("/") ? tenant.substring(0, tenant.indexOf('/')) : tenant;
        return new Place(DomainKind.SHARED, "https://" + tenant, tenant, addressOf(host));
    }

    private String prefix() {
        return switch (random.nextInt(4)) {
            case 0 -> "www.";
            case 1 -> RandomChoice.any("labels", random) + ".";
            default -> "";
        };
    }

    private String words() {
        String text = RandomChoice.any("words", random) + RandomChoice.any("words", random);
        return random.nextInt(3) == 0 ? text + RandomChoice.any("words", random) : text;
    }

    /** A brand with a word beside it, or one letter like another. */
    private String lookalike() {
        String brand = RandomChoice.any("brands", random);
        String suffix = RandomChoice.any("neutral_suffixes", random);
        return switch (random.nextInt(3)) {
            case 0 -> brand + "-" + RandomChoice.any("lure_words", random) + "." + suffix;
            case 1 ->
                RandomChoice.any("lure_words", random) + "-" + brand + RandomChoice.any("lure_words", random) + "."
                        + suffix;
            default -> swapped(brand) + "-" + RandomChoice.any("lure_words", random) + "." + suffix;
        };
    }

    private static String swapped(String brand) {
        for (String[] pair : new String[][] {{"o", "0"}, {"l", "1"}, {"i", "1"}, {"e", "3"}}) {
            if (brand.contains(pair[0])) {
                return brand.replaceFirst(pair[0], pair[1]);
            }
        }
        return brand + "s";
    }

    /** The same name always has the same address. */
    static String addressOf(String host) {
        var own = new SplittableRandom(host.hashCode());
        return addressFrom(own);
    }

    private String address() {
        return addressFrom(random);
    }

    private static String addressFrom(SplittableRandom random) {
        return String.format(
                Locale.ROOT,
                "%s.%d.%d.%d",
                RandomChoice.any("hosting_networks", random),
                random.nextInt(16, 240),
                random.nextInt(256),
                random.nextInt(2, 254));
    }
}
