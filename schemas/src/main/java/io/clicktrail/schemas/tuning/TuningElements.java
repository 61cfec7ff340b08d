package io.clicktrail.schemas.tuning;

import io.clicktrail.event.Platform;
import io.clicktrail.schemas.tuning.ElementType.AllowEntries;
import io.clicktrail.schemas.tuning.ElementType.Choice;
import io.clicktrail.schemas.tuning.ElementType.Span;
import io.clicktrail.schemas.tuning.ElementType.Texts;
import io.clicktrail.schemas.tuning.ElementType.WholeNumber;
import io.clicktrail.tuning.AllowEntry;
import io.clicktrail.tuning.QuarantinePolicy;
import io.clicktrail.tuning.Tuning;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The table of mutable elements: those of MITRE ATT&amp;CK DET0066 under MITRE's names, and the project's own. The
 * check, the reading and writing of files, the JSON Schema and the built-in tuning all follow from it; a test holds
 * docs/tuning.md to it. A changed default needs a new {@link BuiltInTuning#VERSION}.
 */
final class TuningElements {

    private static final Duration MAX_WINDOW = Duration.ofHours(24);
    private static final Span LENGTH = new Span(Duration.ofMillis(1), MAX_WINDOW);
    private static final Span ALLOWANCE = new Span(Duration.ZERO, MAX_WINDOW);

    /** In the order in which files are written. */
    static final List<TuningElement<?>> ALL = List.of(
            element(
                    "TimeWindow",
                    "From the click to the write.",
                    LENGTH,
                    byPlatform(minutes(15), minutes(20), minutes(30)),
                    Tuning::getTimeWindowMs,
                    Tuning.Builder::setTimeWindowMs),
            element(
                    "FollowOnWindow",
                    "From the write to the execution.",
                    LENGTH,
                    same(minutes(60)),
                    Tuning::getFollowOnMs,
                    Tuning.Builder::setFollowOnMs),
            element(
                    "ClockSkew",
                    "Clock skew between sensors that is allowed for.",
                    ALLOWANCE,
                    same(minutes(2)),
                    Tuning::getSkewMs,
                    Tuning.Builder::setSkewMs),
            element(
                    "Grace",
                    "How late evidence may arrive.",
                    ALLOWANCE,
                    same(minutes(10)),
                    Tuning::getGraceMs,
                    Tuning.Builder::setGraceMs),
            element(
                    "BrowserParents",
                    "Image names of programs that open links, added to the built-in catalogue.",
                    new Texts("corpbrowser.exe"),
                    same(List.of()),
                    Tuning::getBrowserParents,
                    Tuning.Builder::setBrowserParents),
            element(
                    "UserPaths",
                    "Globs of user-writable paths, added to the built-in catalogue.",
                    new Texts("D:\\Exchange\\*"),
                    same(List.of()),
                    Tuning::getUserPaths,
                    Tuning.Builder::setUserPaths),
            element(
                    "SuspiciousTLDs",
                    "Top-level domains, added to the dated table.",
                    new Texts("zip"),
                    same(List.of()),
                    Tuning::getSuspiciousTlds,
                    Tuning.Builder::setSuspiciousTlds),
            element(
                    "AllowedCDNs",
                    "Names that the operator vouches for. Public suffixes, shared hosting, shorteners and rewriters"
                            + " are refused.",
                    new AllowEntries(),
                    TuningElements::allowedCdns,
                    Tuning::getAllowedCdns,
                    Tuning.Builder::setAllowedCdns),
            element(
                    "HighRiskExtensions",
                    "File extensions, added to the built-in catalogue.",
                    new Texts("slk"),
                    same(List.of()),
                    Tuning::getHighRiskExtensions,
                    Tuning.Builder::setHighRiskExtensions),
            element(
                    "DomainRiskScore",
                    "Domain score from which the place alone makes an egress suspicious, whatever the chain.",
                    new WholeNumber(1, 100),
                    byPlatform(30, 70, 30),
                    Tuning::getDomainRiskScore,
                    Tuning.Builder::setDomainRiskScore),
            element(
                    "ChainScore",
                    "Score of the whole chain from which on it is a detection.",
                    new WholeNumber(1, 100),
                    same(60),
                    Tuning::getChainScore,
                    Tuning.Builder::setChainScore),
            element(
                    "QuarantinePolicy",
                    "Whether a download without a quarantine mark counts against it.",
                    new Choice<>(QuarantinePolicy.class),
                    byPlatform(QuarantinePolicy.IGNORE, QuarantinePolicy.IGNORE, QuarantinePolicy.ALERT_IF_MISSING),
                    Tuning::getQuarantinePolicy,
                    Tuning.Builder::setQuarantinePolicy),
            element(
                    "OwnDomains",
                    "Domains of the organisation itself: internal, and protected from look-alikes.",
                    new Texts("contoso.com"),
                    same(List.of()),
                    Tuning::getOwnDomains,
                    Tuning.Builder::setOwnDomains),
            element(
                    "ProtectedBrands",
                    "Brands protected from look-alikes, added to the built-in list.",
                    new Texts("contosopay"),
                    same(List.of()),
                    Tuning::getProtectedBrands,
                    Tuning.Builder::setProtectedBrands));

    static final Map<String, TuningElement<?>> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(TuningElement::name, Function.identity()));

    private TuningElements() {}

    private static <T> TuningElement<T> element(
            String name,
            String description,
            ElementType<T> type,
            Function<Platform, T> builtIn,
            Function<Tuning, T> reader,
            BiConsumer<Tuning.Builder, T> writer) {
        return new TuningElement<>(name, description, type, builtIn, reader, writer);
    }

    private static List<AllowEntry> allowedCdns(Platform platform) {
        return BuiltInAllowList.of(platform);
    }

    private static <T> Function<Platform, T> same(T value) {
        return platform -> value;
    }

    private static <T> Function<Platform, T> byPlatform(T windows, T linux, T macos) {
        return platform -> switch (platform) {
            case WINDOWS, UNKNOWN -> windows;
            case LINUX -> linux;
            case MACOS -> macos;
        };
    }

    private static long minutes(int minutes) {
        return Duration.ofMinutes(minutes).toMillis();
    }
}
