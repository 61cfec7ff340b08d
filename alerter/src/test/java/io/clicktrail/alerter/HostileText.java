package io.clicktrail.alerter;

import io.clicktrail.detection.Detection;
import io.clicktrail.detection.Link;
import io.clicktrail.detection.LinkGrade;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.evidence.Evidence;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** Detections in which every text field is written by an attacker. */
public final class HostileText {

    /** Tricks that must not reach an analyst's screen, ticket or rule. */
    public static final String TRICKS = "\u202Efdp.exe\u0000\u001b[31m\u200B\u2066<img src=x onerror=alert(1)>"
            + "[click](https://evil.top)![i](http://evil.top/x)`id`\r\n\t\\\"; $(reboot)\uD800";

    private HostileText() {}

    /** The story with tricks in every text but ids, and one text of a megabyte. */
    public static Detection detection() {
        return detection(TRICKS);
    }

    /** The story with a text in every field but ids. */
    public static Detection detection(String text) {
        Detection story = Stories.executed();
        var evidence = new ArrayList<StageEvidence>();
        for (StageEvidence item : story.getEvidence()) {
            evidence.add(new StageEvidence(item.getStage(), fill(item.getEvidence(), text)));
        }
        return Detection.newBuilder(story)
                .setHost(text)
                .setUser(text)
                .setTenantKey(text)
                .setTuningVersion(text)
                .setDomain(fill(story.getDomain(), text))
                .setLinks(List.of(
                        new Link(Stage.CLICK, Stories.id(1), Stage.EGRESS, Stories.id(2), LinkGrade.SAME_HOST, text)))
                .setEvidence(evidence)
                .build();
    }

    /** As many pieces of evidence as asked, every text of each the same. */
    public static Detection flood(String text, int count) {
        var evidence = new ArrayList<StageEvidence>();
        List<StageEvidence> cast = Stories.executed().getEvidence();
        for (int number = 0; number < count; number++) {
            StageEvidence item = cast.get(number % cast.size());
            Evidence copy = fill(item.getEvidence(), text);
            evidence.add(new StageEvidence(
                    item.getStage(),
                    Evidence.newBuilder(copy)
                            .setEvent(io.clicktrail.event.Event.newBuilder(copy.getEvent())
                                    .setEventId("flood" + number)
                                    .build())
                            .build()));
        }
        return Detection.newBuilder(detection(text))
                .setEvidence(evidence)
                .setEvidenceTotal(count)
                .build();
    }

    @SuppressWarnings("unchecked")
    private static <T extends SpecificRecordBase> T fill(T record, String text) {
        var copy = (T) SpecificData.get().newRecord(null, record.getSchema());
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            copy.put(field.pos(), field.name().equals("event_id") ? value : fill(value, field.schema(), text));
        }
        return copy;
    }

    private static @Nullable Object fill(@Nullable Object value, Schema schema, String text) {
        return switch (value) {
            case null -> isText(schema) ? text : null;
            case String any -> text;
            case SpecificRecordBase record -> fill(record, text);
            case List<?> list ->
                list.isEmpty() && schema.getType() == Schema.Type.ARRAY && isText(schema.getElementType())
                        ? List.of(text, text)
                        : list.stream()
                                .map(item -> fill(item, schema.getElementType(), text))
                                .toList();
            default -> value;
        };
    }

    private static boolean isText(Schema schema) {
        return schema.getType() == Schema.Type.STRING
                || (schema.isUnion()
                        && schema.getTypes().stream().anyMatch(type -> type.getType() == Schema.Type.STRING));
    }
}
