package io.clicktrail.normalizer.windows;

import io.clicktrail.normalizer.event.Placeholders;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonCondition;
import io.clicktrail.normalizer.json.JsonFault;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonMembers;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.text.Span;
import io.clicktrail.normalizer.text.TabTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Windows events in the shapes of {@code shapes.tsv}: trees of the XML (evtx_dump, xmltodict, Velociraptor), Wazuh,
 * Fluent Bit, OpenTelemetry, osquery, EvtxECmd, Azure Monitor, NXLog, WMI. A shape says where the system fields and the
 * data are; what they mean is {@link WindowsEvents}'.
 *
 * <p>Members of an object are read from their slots; a list, or a text that holds the data as JSON or XML, is read by
 * itself, and {@link EventMessage} fills what is still missing out of the rendered text.
 */
public final class WindowsJson implements JsonFormat {

    private static final int COLUMNS = 11;

    private final String name;
    private final List<Shape> shapes;
    private final EventXmlReader xml;

    private WindowsJson(String name, List<Shape> shapes, InputLimits limits) {
        this.name = name;
        this.shapes = List.copyOf(shapes);
        this.xml = new EventXmlReader(limits);
    }

    /** One format for each name in the table, in its order. */
    public static List<WindowsJson> formats(JsonPaths paths, InputLimits limits) {
        List<String[]> rows = TabTable.rows("windows/shapes.tsv", COLUMNS);
        return rows.stream()
                .map(row -> row[0])
                .distinct()
                .map(name -> new WindowsJson(
                        name,
                        rows.stream()
                                .filter(row -> row[0].equals(name))
                                .map(row -> new Shape(paths, row))
                                .toList(),
                        limits))
                .toList();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> datasets() {
        return WindowsEvents.DATASETS;
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        return shape(document) != null;
    }

    private @Nullable Shape shape(JsonFields document) {
        for (int i = 0; i < shapes.size(); i++) {
            if (shapes.get(i).when.holds(document)) {
                return shapes.get(i);
            }
        }
        return null;
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        Shape shape = shape(document);
        if (shape == null) {
            throw new IllegalArgumentException("not recognised");
        }
        WindowsRecord record = new WindowsRecord();
        record.system(
                first(document, shape.eventId),
                first(document, shape.provider),
                first(document, shape.channel),
                first(document, shape.computer),
                first(document, shape.recordId),
                first(document, shape.time));
        record.times(Arrays.stream(shape.time).mapToObj(document::get).toList());
        if (shape.hasEscapes) {
            record.escaped();
        }
        record.data(document, shape.data);
        List<String> values = new ArrayList<>();
        for (int slot : shape.lists) {
            Span list = document.inner(slot);
            if (list != null && list.bytes()[list.from()] != '{') {
                list(list, record, values, context.limits());
            }
        }
        if (!values.isEmpty() && !EventInserts.name(record, values)) {
            return new Outcome.Ignored(
                    record.isSecurity() ? WindowsEvents.SECURITY : WindowsEvents.OTHER,
                    "values whose order is not known");
        }
        EventMessage.fill(record, first(document, shape.message));
        if (document.truncated()) {
            record.cut();
        }
        return WindowsEvents.map(record, context, this);
    }

    /** Data that is no object: a list, or a text that holds JSON or XML. A broken one leaves its fields absent. */
    private void list(Span value, WindowsRecord record, List<String> values, InputLimits limits) {
        int fieldChars = limits.fieldChars();
        JsonMembers.Visitor visitor = new JsonMembers.Visitor() {
            @Override
            public void member(String member, String text) {
                EventData field = EventData.named(member);
                if (field != null) {
                    record.data(field, cut(text, fieldChars, record));
                }
            }

            @Override
            public void element(String text) {
                if (values.size() < limits.listValues()) {
                    values.add(cut(text, fieldChars, record));
                }
            }
        };
        try {
            if (value.bytes()[value.from()] != '"') {
                JsonMembers.read(value, visitor);
                return;
            }
            List<String> text = new ArrayList<>(1);
            JsonMembers.read(value, new JsonMembers.Visitor() {
                @Override
                public void member(String member, String inner) {}

                @Override
                public void element(String inner) {
                    text.add(inner.strip());
                }
            });
            byte[] inner = text.getFirst().getBytes(StandardCharsets.UTF_8);
            if (inner.length > 1 && (inner[0] == '{' || inner[0] == '[')) {
                JsonMembers.read(new Span(inner, 0, inner.length), visitor);
            } else if (inner.length > 1 && inner[0] == '<') {
                xml.data(text.getFirst(), record);
            }
        } catch (JsonFault | XMLStreamException e) {
            record.cut();
        }
    }

    private static String cut(String text, int fieldChars, WindowsRecord record) {
        if (text.length() <= fieldChars) {
            return text;
        }
        record.cut();
        return text.substring(0, Character.isHighSurrogate(text.charAt(fieldChars - 1)) ? fieldChars - 1 : fieldChars);
    }

    private static @Nullable String first(JsonFields document, int[] slots) {
        for (int slot : slots) {
            String value = Placeholders.absent(document.get(slot));
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** Where one agent puts what. */
    private static final class Shape {
        private final JsonCondition when;
        private final int[] eventId;
        private final int[] provider;
        private final int[] channel;
        private final int[] computer;
        private final int[] recordId;
        private final int[] time;
        private final int[][] data;
        private final int[] lists;
        private final int[] message;
        private final boolean hasEscapes;

        Shape(JsonPaths paths, String[] row) {
            when = JsonCondition.of(paths, row[1]);
            eventId = slots(paths, row[2]);
            provider = slots(paths, row[3]);
            channel = slots(paths, row[4]);
            computer = slots(paths, row[5]);
            recordId = slots(paths, row[6]);
            time = slots(paths, row[7]);
            List<String> prefixes = row[8].equals("-") ? List.of() : List.of(row[8].split("\\|", -1));
            data = prefixes.stream().map(prefix -> data(paths, prefix)).toArray(int[][]::new);
            lists = prefixes.stream()
                    .filter(prefix -> prefix.length() > 1 && prefix.endsWith("."))
                    .mapToInt(prefix -> paths.span(prefix.substring(0, prefix.length() - 1)))
                    .toArray();
            message = slots(paths, row[9]);
            hasEscapes = row[10].equals("c");
        }

        private static int[] slots(JsonPaths paths, String cell) {
            return Arrays.stream(cell.split("\\|", -1))
                    .filter(Predicate.not("-"::equals))
                    .mapToInt(paths::field)
                    .toArray();
        }

        /** Flat documents give {@code ProcessID} to the writer of the event. */
        private static int[] data(JsonPaths paths, String prefix) {
            boolean isFlat = !prefix.endsWith(".") || prefix.equals(".");
            String before = prefix.equals(".") ? "" : prefix;
            int[] slots = new int[EventData.count()];
            for (int i = 0; i < slots.length; i++) {
                String spelling = EventData.at(i).spelling();
                slots[i] = isFlat && EventData.at(i) == EventData.WRITER_OR_PROCESS_ID
                        ? -1
                        : paths.field(before + (before.equals("eventdata.") ? lower(spelling) : spelling));
            }
            return slots;
        }

        private static String lower(String spelling) {
            return Character.toLowerCase(spelling.charAt(0)) + spelling.substring(1);
        }
    }
}
