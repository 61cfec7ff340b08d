package io.clicktrail.alerter.render;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.page.CasePage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/**
 * The formats of a case: the one list from which destinations' topics and the command line's {@code --format} take
 * theirs. A new format is a constant here and a class that writes it.
 */
public enum CaseFormat {
    /** For people, on a terminal. */
    TEXT(
            "text/plain;charset=utf-8",
            options -> "urn:clicktrail:case:text:1",
            (alert, options) -> CaseText.of(alert, options.style())),
    /** OCSF Detection Finding, one JSON document a line, as on the SOAR topics. */
    OCSF(
            "application/json",
            options -> CloudEvent.ocsfSchema(options.ocsfVersion()),
            (alert, options) -> AlertOcsfJson.of(alert, options.ocsfVersion())),
    /** ECS, one JSON document a line, as on the SIEM topic. */
    ECS("application/json", options -> CloudEvent.ECS_SCHEMA, (alert, options) -> AlertEcsJson.of(alert)),
    /** A STIX 2.1 bundle, one JSON document a line. */
    STIX(
            "application/stix+json;version=2.1",
            options -> "https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html",
            (alert, options) -> StixJson.of(alert)),
    /** JSON without nested objects, one document a line. */
    FLAT("application/json", options -> "urn:clicktrail:case:flat:1", (alert, options) -> FlatJson.of(alert)),
    /** The body of a ticket. */
    MARKDOWN(
            "text/markdown", options -> "urn:clicktrail:case:markdown:1", (alert, options) -> alert.getDescriptionMd()),
    /** A page that needs no network, for a ticket or a hand-over; all cases are one document. */
    HTML(
            "text/html;charset=utf-8",
            options -> "urn:clicktrail:case:html:1",
            (alert, options) -> CasePage.document(List.of(alert))),
    /** An Avro object container file of alerts with their schema; not text, so no format of a destination. */
    AVRO("application/avro", options -> Alert.getClassSchema().getFullName(), null);

    private final String contentType;
    private final Function<RenderOptions, String> dataSchema;
    private final @Nullable BiFunction<Alert, RenderOptions, String> renderer;

    CaseFormat(
            String contentType,
            Function<RenderOptions, String> dataSchema,
            @Nullable BiFunction<Alert, RenderOptions, String> renderer) {
        this.contentType = contentType;
        this.dataSchema = dataSchema;
        this.renderer = renderer;
    }

    /** True where one case is a text. */
    public boolean isText() {
        return renderer != null;
    }

    /** Media type. */
    public String contentType() {
        return contentType;
    }

    /** URI of the schema that the text follows. */
    public String dataSchema(RenderOptions options) {
        return dataSchema.apply(options);
    }

    /**
     * One case as text.
     *
     * @throws NullPointerException where the format {@linkplain #isText() is not text}
     */
    public String render(Alert alert, RenderOptions options) {
        return Objects.requireNonNull(renderer, () -> this + " is not text").apply(alert, options);
    }

    /** Writes cases to a stream, which stays open. */
    public void write(List<Alert> cases, RenderOptions options, OutputStream out) throws IOException {
        if (this == HTML) {
            out.write(CasePage.document(cases).getBytes(StandardCharsets.UTF_8));
        } else if (isText()) {
            for (Alert each : cases) {
                out.write(separated(render(each, options)).getBytes(StandardCharsets.UTF_8));
            }
        } else {
            try (var file = new DataFileWriter<>(new SpecificDatumWriter<>(Alert.class))) {
                file.setCodec(CodecFactory.deflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL));
                file.create(Alert.getClassSchema(), out);
                for (Alert each : cases) {
                    file.append(each);
                }
            }
        }
        out.flush();
    }

    /** JSON is one line; texts of several lines have an empty line between them. */
    private String separated(String text) {
        return contentType.startsWith("text/") ? "\n" + text : text + "\n";
    }
}
