package io.clicktrail.enricher.domain;

import com.ibm.icu.text.IDNA;
import io.clicktrail.evidence.ScorePart;
import io.clicktrail.evidence.SuffixKind;
import io.clicktrail.schemas.lists.DataList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds names that imitate a protected brand or the organisation itself, in this order, the first find counts:
 *
 * <ol>
 *   <li>confusable characters: the label has the same skeleton as a brand ({@link Skeletons});
 *   <li>the brand joined with a lure word: {@code contoso-login};
 *   <li>a typing error: one edit away, two for names of {@value #TWO_ERRORS_FROM} letters and more
 *       ({@link EditDistance});
 *   <li>the brand in a subdomain of somebody else's domain: {@code contoso.evil.top}.
 * </ol>
 *
 * <p><b>Invariants.</b> A brand's own domains never imitate it, nor do names of daily use, which are not asked about.
 * Short names are looked for less: they have too many neighbours by chance.
 *
 * <p><b>Bounds and cost.</b> A label is cut into at most {@value #MAX_TOKENS} tokens. Skeletons and exact names are
 * hash look-ups; typing errors compare every token with every brand, tokens times brands, which is why the answers are
 * cached for each host ({@link HostFactsLookup}).
 *
 * <p><b>Source.</b> Unicode UTS #39 (skeletons), UTS #46 (names in Unicode); the kinds of squatting are those of
 * Kintis et al., Hiding in Plain Sight, CCS 2017 (combosquatting), and Szurdi et al., The Long "Taile" of Typosquatting
 * Domain Names, USENIX Security 2014.
 */
final class Lookalikes {

    /** Shorter names are in too many words by chance to be looked for inside them. */
    private static final int MIN_INSIDE = 6;
    /** Shorter names have too many neighbours by chance. */
    private static final int MIN_TYPO = 5;

    private static final int ONE_ERROR_FROM = 6;
    private static final int TWO_ERRORS_FROM = 10;
    private static final int MAX_TOKENS = 12;
    /** What services append to the name of a customer, as in contoso-my.sharepoint.com. */
    private static final Set<String> CUSTOMER_LABELS = Set.of("", "-my", "-admin");

    private static final IDNA NAMES = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_UNICODE);

    private final List<Brand> brands;
    private final Map<String, Brand> byName = new HashMap<>();
    private final Map<String, Brand> bySkeleton = new HashMap<>();
    private final Set<String> lureWords;
    private final ScoreWeights weights;
    private final String version;

    private Lookalikes(List<Brand> brands, Set<String> lureWords, ScoreWeights weights, String version) {
        this.brands = List.copyOf(brands);
        this.lureWords = Set.copyOf(lureWords);
        this.weights = weights;
        this.version = version;
        for (Brand brand : brands) {
            byName.putIfAbsent(brand.name(), brand);
            bySkeleton.putIfAbsent(Skeletons.of(brand.name()), brand);
        }
    }

    static Lookalikes of(DataList names, DataList lures, ScoreWeights weights) {
        List<Brand> brands = new ArrayList<>();
        names.forEach(row -> brands.add(new Brand(row.text(0), Set.copyOf(row.words(1)), false)));
        Set<String> words = new HashSet<>();
        lures.forEach(row -> words.add(row.text(0)));
        return new Lookalikes(brands, words, weights, names.version());
    }

    /** These look-alikes with the organisation's own names first, and an operator's brands. */
    Lookalikes with(Collection<Brand> own, Collection<String> protectedBrands) {
        if (own.isEmpty() && protectedBrands.isEmpty()) {
            return this;
        }
        List<Brand> all = new ArrayList<>(own);
        protectedBrands.forEach(name -> all.add(new Brand(name.toLowerCase(Locale.ROOT), Set.of(), false)));
        all.addAll(brands);
        return new Lookalikes(all, lureWords, weights, version);
    }

    /**
     * The parts that a host earns by imitation.
     *
     * @param host the whole name
     * @param tenant who answers for it
     */
    List<ScorePart> parts(String host, Tenant tenant) {
        List<ScorePart> parts = new ArrayList<>(2);
        String label = unicode(TenantKeys.firstLabel(tenant.label()));
        Imitation imitation = ofLabel(label, tenant);
        if (imitation != null) {
            parts.add(weights.scored(imitation.part(), imitation.evidence(), version));
            addOwn(imitation.brand(), parts);
            return parts;
        }
        Brand inSubdomain = inSubdomain(host, tenant);
        if (inSubdomain != null) {
            parts.add(weights.scored(
                    ScoreFactor.BRAND_IN_SUBDOMAIN,
                    inSubdomain.name() + " is in a subdomain of " + tenant.key(),
                    version));
            if (showsWholeDomain(inSubdomain, host)) {
                addOwn(inSubdomain, parts);
            }
        }
        return parts;
    }

    /** Honest services put a customer's name before their own domain; its whole domain there is made to deceive. */
    private static boolean showsWholeDomain(Brand brand, String host) {
        for (String domain : brand.domains()) {
            if (host.startsWith(domain + ".") || host.contains("." + domain + ".")) {
                return true;
            }
        }
        return false;
    }

    private void addOwn(Brand brand, List<ScorePart> parts) {
        if (brand.own()) {
            parts.add(weights.scored(
                    ScoreFactor.OWN_ORGANISATION, "imitates the organisation's own name " + brand.name(), version));
        }
    }

    private @Nullable Imitation ofLabel(String label, Tenant tenant) {
        List<String> tokens = tokens(label);
        Imitation confusable = confusable(label, tokens, tenant);
        if (confusable != null) {
            return confusable;
        }
        Imitation combined = combined(label, tokens, tenant);
        return combined != null ? combined : mistyped(label, tokens, tenant);
    }

    /** The label or one of its words looks like a brand without being it. */
    private @Nullable Imitation confusable(String label, List<String> tokens, Tenant tenant) {
        for (String token : tokens) {
            Brand brand = bySkeleton.get(Skeletons.of(token));
            if (brand != null && !brand.name().equals(token) && isForeign(brand, tenant)) {
                return new Imitation(ScoreFactor.LOOKALIKE, brand, label + " reads like " + brand.name());
            }
        }
        return null;
    }

    /** The brand's plain name joined with other words, or alone under somebody else's suffix. */
    private @Nullable Imitation combined(String label, List<String> tokens, Tenant tenant) {
        for (String token : tokens) {
            Brand brand = byName.get(token);
            if (brand != null && isForeign(brand, tenant)) {
                if (tenant.kind() == SuffixKind.PATH_TENANT && CUSTOMER_LABELS.contains(rest(label, token))) {
                    return null;
                }
                boolean alone = tokens.size() == 1;
                if (alone || brand.own() || hasLure(tokens)) {
                    return new Imitation(
                            ScoreFactor.COMBOSQUAT,
                            brand,
                            alone
                                    ? "the name " + brand.name() + " under ." + tenant.suffix()
                                    : label + " joins " + brand.name() + " with other words");
                }
            }
        }
        for (Brand brand : brands) {
            String name = brand.name();
            int at = name.length() < MIN_INSIDE ? -1 : label.indexOf(name);
            if (at >= 0 && label.length() > name.length() && isForeign(brand, tenant)) {
                String before = stripHyphen(label.substring(0, at));
                String after = stripHyphen(label.substring(at + name.length()));
                if (lureWords.contains(before) || lureWords.contains(after)) {
                    return new Imitation(ScoreFactor.COMBOSQUAT, brand, label + " joins " + name + " with other words");
                }
            }
        }
        return null;
    }

    private static String rest(String label, String start) {
        return label.startsWith(start) ? label.substring(start.length()) : label;
    }

    private @Nullable Imitation mistyped(String label, List<String> tokens, Tenant tenant) {
        for (String token : tokens) {
            if (token.length() < MIN_TYPO - 1 || tokens.size() > 1 && !hasLure(tokens)) {
                continue;
            }
            for (Brand brand : brands) {
                if (isTypo(token, brand.name()) && isForeign(brand, tenant)) {
                    return new Imitation(
                            ScoreFactor.TYPOSQUAT, brand, label + " is a typing error away from " + brand.name());
                }
            }
        }
        return null;
    }

    private @Nullable Brand inSubdomain(String host, Tenant tenant) {
        int end = host.length() - tenant.key().length() - 1;
        if (end <= 0 || !host.endsWith(tenant.key())) {
            return null;
        }
        for (String label : host.substring(0, end).split("\\.", MAX_TOKENS)) {
            List<String> tokens = tokens(label);
            for (String token : tokens) {
                Brand brand = byName.get(token);
                boolean meant = tokens.size() == 1 || hasLure(tokens);
                if (brand != null && meant && token.length() >= MIN_TYPO && isForeign(brand, tenant)) {
                    return brand;
                }
            }
        }
        return null;
    }

    private static boolean isForeign(Brand brand, Tenant tenant) {
        return !brand.domains().contains(tenant.key()) && !brand.domains().contains(tenant.suffix());
    }

    private boolean hasLure(List<String> tokens) {
        for (String token : tokens) {
            if (lureWords.contains(token)) {
                return true;
            }
        }
        return false;
    }

    /** The label without hyphens, if it has any, and its words. */
    private static List<String> tokens(String label) {
        if (label.indexOf('-') < 0) {
            return List.of(label);
        }
        List<String> tokens = new ArrayList<>();
        for (String token : label.split("-", MAX_TOKENS)) {
            if (!token.isEmpty()) {
                tokens.add(token);
            }
        }
        tokens.add(label.replace("-", ""));
        return tokens;
    }

    /** A transposition or a doubled letter in a short name; one error in a longer one; two in a long one. */
    static boolean isTypo(String typed, String name) {
        if (name.length() < MIN_TYPO || typed.equals(name)) {
            return false;
        }
        int allowed = name.length() >= TWO_ERRORS_FROM ? 2 : 1;
        int distance = EditDistance.within(typed, name, allowed);
        if (distance > allowed) {
            return false;
        }
        return name.length() >= ONE_ERROR_FROM
                || EditDistance.isTransposition(typed, name)
                || EditDistance.isDoubledLetter(typed, name);
    }

    private static String stripHyphen(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        int to = text.length() - (text.length() > from && text.endsWith("-") ? 1 : 0);
        return text.substring(from, to);
    }

    private static String unicode(String label) {
        return label.startsWith("xn--")
                ? NAMES.labelToUnicode(label, new StringBuilder(), new IDNA.Info())
                        .toString()
                : label;
    }

    private record Imitation(ScoreFactor part, Brand brand, String evidence) {}
}
