package io.clicktrail.standalone.detectiontest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Outcomes as JUnit XML, the form that build servers show. */
public final class JUnitXml {

    private static final double MILLIS = 1000;

    private JUnitXml() {}

    /** Writes one suite with a test case for each outcome. */
    public static void write(List<TestOutcome> outcomes, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            XMLStreamWriter xml =
                    XMLOutputFactory.newFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
            xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            suite(outcomes, xml);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private static void suite(List<TestOutcome> outcomes, XMLStreamWriter xml) throws XMLStreamException {
        Duration took = outcomes.stream().map(TestOutcome::took).reduce(Duration.ZERO, Duration::plus);
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "clicktrail");
        xml.writeAttribute("tests", Integer.toString(outcomes.size()));
        xml.writeAttribute(
                "failures",
                count(outcomes.stream()
                        .filter(each -> !each.failures().isEmpty())
                        .count()));
        xml.writeAttribute(
                "errors",
                count(outcomes.stream().filter(each -> each.error() != null).count()));
        xml.writeAttribute("time", seconds(took));
        for (TestOutcome outcome : outcomes) {
            testcase(outcome, xml);
        }
        xml.writeEndElement();
    }

    private static void testcase(TestOutcome outcome, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", valid(outcome.file()));
        xml.writeAttribute("name", valid(outcome.name()));
        xml.writeAttribute("time", seconds(outcome.took()));
        if (outcome.error() != null) {
            problem("error", outcome.error(), xml);
        } else if (!outcome.failures().isEmpty()) {
            problem("failure", String.join("\n", outcome.failures()), xml);
        }
        xml.writeEndElement();
    }

    private static void problem(String kind, String text, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement(kind);
        xml.writeAttribute("message", valid(text.lines().findFirst().orElse("")));
        xml.writeCharacters(valid(text));
        xml.writeEndElement();
    }

    /** XML 1.0 has no control characters; names of hosts and domains come from logs. */
    private static String valid(String text) {
        var valid = new StringBuilder();
        text.codePoints().map(each -> isValid(each) ? each : '\uFFFD').forEach(valid::appendCodePoint);
        return valid.toString();
    }

    private static boolean isValid(int character) {
        return character == '\n'
                || character == '\t'
                || character >= ' ' && character <= 0xD7FF
                || character >= 0xE000 && character <= 0xFFFD
                || character >= 0x10000;
    }

    private static String count(long number) {
        return Long.toString(number);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toMillis() / MILLIS);
    }
}
