package io.clicktrail.alerter.kafka;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.render.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.jspecify.annotations.Nullable;

/**
 * Renders cases as JSON with the headers of CloudEvents.
 *
 * @param render form of the value
 * @param dataSchema schema that the value follows
 */
public record RenderJson(Function<Alert, String> render, String dataSchema)
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
            CloudEvent.of(record.value(), dataSchema)
                    .headers()
                    .forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
            Objects.requireNonNull(context)
                    .forward(record.withValue(render.apply(record.value())).withHeaders(headers));
        }
    }
}
