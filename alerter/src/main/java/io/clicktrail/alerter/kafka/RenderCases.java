package io.clicktrail.alerter.kafka;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.render.CaseFormat;
import io.clicktrail.alerter.render.CloudEvent;
import io.clicktrail.alerter.render.RenderOptions;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.jspecify.annotations.Nullable;

/** Renders cases in a format of text, with the headers of CloudEvents. */
public record RenderCases(CaseFormat format, RenderOptions options)
        implements FixedKeyProcessorSupplier<String, Alert, String> {

    @Override
    public FixedKeyProcessor<String, Alert, String> get() {
        return new Renderer();
    }

    private final class Renderer implements FixedKeyProcessor<String, Alert, String> {

        private @Nullable FixedKeyProcessorContext<String, String> context;

        @Override
        public void init(FixedKeyProcessorContext<String, String> context) {
            this.context = context;
        }

        @Override
        public void process(FixedKeyRecord<String, Alert> record) {
            var headers = new RecordHeaders();
            CloudEvent.of(record.value(), format.dataSchema(options))
                    .headers(format.contentType())
                    .forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
            Objects.requireNonNull(context)
                    .forward(record.withValue(format.render(record.value(), options))
                            .withHeaders(headers));
        }
    }
}
