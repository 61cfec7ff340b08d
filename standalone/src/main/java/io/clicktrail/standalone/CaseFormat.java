package io.clicktrail.standalone;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.render.AlertEcsJson;
import io.clicktrail.alerter.render.AlertOcsfJson;
import io.clicktrail.alerter.render.CaseText;
import io.clicktrail.alerter.render.Style;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;

/** How cases are written out. */
enum CaseFormat {
    /** For people. */
    TEXT,
    /** OCSF Detection Finding, one JSON document a line, as on the SOAR topics. */
    OCSF,
    /** ECS, one JSON document a line, as on the SIEM topic. */
    ECS,
    /** An Avro file of alerts, with their schema. */
    AVRO;

    void write(List<Alert> cases, Style style, OutputStream out) throws IOException {
        if (this == AVRO) {
            try (var file = new DataFileWriter<>(new SpecificDatumWriter<>(Alert.class))) {
                file.setCodec(CodecFactory.deflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL));
                file.create(Alert.getClassSchema(), out);
                for (Alert each : cases) {
                    file.append(each);
                }
            }
            return;
        }
        for (Alert each : cases) {
            out.write(text(each, style).getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
    }

    private String text(Alert alert, Style style) {
        return switch (this) {
            case TEXT -> "\n" + CaseText.of(alert, style);
            case OCSF -> AlertOcsfJson.of(alert) + "\n";
            case ECS -> AlertEcsJson.of(alert) + "\n";
            case AVRO -> throw new IllegalStateException("Avro is not text");
        };
    }
}
