package io.clicktrail.benchmarks.detection.log;

import java.util.stream.Collectors;

/** As EvtRender writes it (learn.microsoft.com, Windows Event Log, event schema). */
public final class WindowsXml implements WindowsContainer {

    @Override
    public String file() {
        return "windows-events.xml";
    }

    @Override
    public String line(WindowsEvent event) {
        String fields = event.data().entrySet().stream()
                .map(field -> "<Data Name='" + field.getKey() + "'>" + escaped(field.getValue()) + "</Data>")
                .collect(Collectors.joining());
        return "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='"
                + event.provider() + "' Guid='{" + event.providerGuid() + "}'/><EventID>" + event.id()
                + "</EventID><Version>5</Version><Level>4</Level><Task>1</Task><Opcode>0</Opcode>"
                + "<Keywords>0x8000000000000000</Keywords><TimeCreated SystemTime='"
                + Times.sevenDigits(event.written()) + "'/><EventRecordID>" + event.recordId()
                + "</EventRecordID><Correlation/><Execution ProcessID='3308' ThreadID='4008'/><Channel>"
                + event.channel() + "</Channel><Computer>" + event.computer()
                + "</Computer><Security UserID='S-1-5-18'/></System><EventData>" + fields + "</EventData></Event>";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&apos;")
                .replace("\r", "&#xD;")
                .replace("\n", "&#xA;");
    }
}
