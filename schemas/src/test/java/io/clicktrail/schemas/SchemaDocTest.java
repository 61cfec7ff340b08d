package io.clicktrail.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchemaDocTest {

    private final Set<String> seen = new HashSet<>();
    private final List<String> undocumented = new ArrayList<>();

    @Test
    void everyTypeAndFieldSaysWhatItHolds() {
        TopicTypes.schemas().forEach(this::visit);

        assertThat(seen).hasSizeGreaterThan(30);
        assertThat(undocumented).isEmpty();
    }

    private void visit(Schema schema) {
        switch (schema.getType()) {
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    check(schema.getFullName(), schema.getDoc());
                    schema.getFields().forEach(field -> {
                        check(schema.getFullName() + "." + field.name(), field.doc());
                        visit(field.schema());
                    });
                }
            }
            case ENUM, FIXED -> {
                if (seen.add(schema.getFullName())) {
                    check(schema.getFullName(), schema.getDoc());
                }
            }
            case ARRAY -> visit(schema.getElementType());
            case MAP -> visit(schema.getValueType());
            case UNION -> schema.getTypes().forEach(this::visit);
            case STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {
                // Its field says what it holds.
            }
        }
    }

    private void check(String name, @Nullable String doc) {
        if (doc == null || doc.isBlank()) {
            undocumented.add(name);
        }
    }
}
