package io.clicktrail.standalone.backtest;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.page.CasePage;
import io.clicktrail.alerter.page.CasePage.NotedCase;
import io.clicktrail.alerter.text.Defanger;
import io.clicktrail.alerter.text.SafeText;
import io.clicktrail.engine.backtest.Backtest;
import io.clicktrail.engine.backtest.CaseChange;
import io.clicktrail.event.Platform;
import io.clicktrail.schemas.tuning.TuningFile;
import io.clicktrail.tuning.Tuning;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A comparison as text, and as JSON that names the documents it judged by their fingerprints. */
public final class BacktestReport {

    private static final int MAX_PLACES = 10;
    private static final String DOCUMENTS = "tuning";
    private static final String FINGERPRINT = "sha256";
    private static final String BEFORE = "cases_before";
    private static final String AFTER = "cases_after";
    private static final String CHANGES = "changes";

    private BacktestReport() {}

    /** SHA-256 of a document as {@code tuning get} writes it, in hex. */
    public static String fingerprint(Tuning document) {
        return sha256(TuningFile.write(document).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What a report says of a document, in one sentence, with the SHA-256 of the report.
     *
     * @return null where the report is not about this document
     * @throws tools.jackson.core.JacksonException where it is no JSON
     */
    public static @Nullable String summary(byte[] report, Tuning document) {
        JsonNode read = JsonMapper.shared().readTree(report);
        JsonNode judged = read.path(DOCUMENTS).path(document.getPlatform().name());
        if (!judged.path(FINGERPRINT).asString("").equals(fingerprint(document))) {
            return null;
        }
        return String.format(
                Locale.ROOT,
                "%d cases become %d with %d differences, report sha256:%s",
                read.path(BEFORE).asInt(),
                read.path(AFTER).asInt(),
                read.path(CHANGES).size(),
                sha256(report));
    }

    /** Prints the differences, the sums and the places that make most cases. */
    public static void print(TuningComparison compared, PrintStream out) {
        for (CaseChange change : compared.changes()) {
            Alert shown = change.shown();
            out.printf(
                    Locale.ROOT,
                    "%-10s %s  %s, %s%s%n",
                    change.kind().name().toLowerCase(Locale.ROOT),
                    shown.getAlertId(),
                    SafeText.reveal(shown.getDevice().getHostname()),
                    SafeText.reveal(shown.getTenantKey()),
                    judgement(change));
            change.reasons().forEach(reason -> out.println("           " + SafeText.reveal(reason)));
        }
        out.println(sums(compared));
        if (!compared.after().isEmpty()) {
            out.println("places with most cases:");
            Backtest.busiest(compared.after(), MAX_PLACES)
                    .forEach(place ->
                            out.printf(Locale.ROOT, "  %5d  %s%n", place.getValue(), SafeText.reveal(place.getKey())));
        }
    }

    /** The same as one HTML document that needs no network, with each case that differs as a page. */
    public static String html(TuningComparison compared) {
        var summary = new ArrayList<String>();
        summary.add(sums(compared));
        if (!compared.after().isEmpty()) {
            summary.add("Places with most cases: "
                    + Backtest.busiest(compared.after(), MAX_PLACES).stream()
                            .map(place ->
                                    Defanger.host(SafeText.reveal(place.getKey())) + " (" + place.getValue() + ")")
                            .collect(Collectors.joining(", ")));
        }
        return CasePage.document(
                "Backtest",
                summary,
                compared.changes().stream()
                        .map(change -> new NotedCase(
                                change.shown(),
                                Stream.concat(
                                                Stream.of(change.kind().name().toLowerCase(Locale.ROOT)
                                                        + judgement(change)),
                                                change.reasons().stream())
                                        .toList()))
                        .toList());
    }

    /**
     * The same as one JSON document.
     *
     * @param documents the new tuning
     */
    public static String json(TuningComparison compared, Map<Platform, Tuning> documents) {
        ObjectNode report = JsonMapper.shared()
                .createObjectNode()
                .put(BEFORE, compared.before().size())
                .put(AFTER, compared.after().size())
                .put("days", compared.days());
        ObjectNode tuning = report.putObject(DOCUMENTS);
        documents.values().stream()
                .sorted(Comparator.comparing(Tuning::getPlatform))
                .forEach(document -> tuning.putObject(document.getPlatform().name())
                        .put("version", document.getVersion())
                        .put(FINGERPRINT, fingerprint(document)));
        var all = report.putArray(CHANGES);
        for (CaseChange change : compared.changes()) {
            Alert shown = change.shown();
            ObjectNode node = all.addObject()
                    .put("kind", change.kind().name().toLowerCase(Locale.ROOT))
                    .put("alert_id", shown.getAlertId())
                    .put("host", shown.getDevice().getHostname())
                    .put("domain", shown.getTenantKey());
            judged(change.before(), "before", node);
            judged(change.after(), "after", node);
            var reasons = node.putArray("reasons");
            change.reasons().forEach(reasons::add);
        }
        var places = report.putArray("busiest_places");
        Backtest.busiest(compared.after(), MAX_PLACES)
                .forEach(place ->
                        places.addObject().put("domain", place.getKey()).put("cases", place.getValue()));
        return report.toPrettyString();
    }

    /** SHA-256 in hex. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String sums(TuningComparison compared) {
        return String.format(
                Locale.ROOT,
                "%d cases become %d; %d differences; %.1f cases a day become %.1f (%.1f days of logs)",
                compared.before().size(),
                compared.after().size(),
                compared.changes().size(),
                compared.before().size() / compared.days(),
                compared.after().size() / compared.days(),
                compared.days());
    }

    private static String judgement(CaseChange change) {
        return change.before() == null || change.after() == null
                ? ", " + judged(change.shown())
                : ": " + judged(change.before()) + " becomes " + judged(change.after());
    }

    private static String judged(Alert alert) {
        return "tier " + alert.getEscalation().getTier() + " " + alert.getSeverity();
    }

    private static void judged(@Nullable Alert alert, String name, ObjectNode node) {
        if (alert != null) {
            node.putObject(name)
                    .put("tier", alert.getEscalation().getTier())
                    .put("severity", alert.getSeverity().name());
        }
    }
}
