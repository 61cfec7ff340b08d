package io.clicktrail.standalone.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {
    private static final String TEXT = "one\nzwei \uD83D\uDC1F für drei\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void findsEveryFileBelowAFolderInTheOrderOfNames() throws Exception {
        Path deep = Files.createDirectories(folder.resolve("b/c"));
        Files.writeString(deep.resolve("2.log"), "x");
        Files.writeString(folder.resolve("a.log"), "xx");
        Files.writeString(folder.resolve(".hidden"), "x");

        assertThat(LogFiles.find(List.of(folder)))
                .containsExactly(new LogFile(folder.resolve("a.log"), 2), new LogFile(deep.resolve("2.log"), 1));
    }

    @Test
    void readsPlainGzipAndZstdWhateverTheNameSays() throws Exception {
        byte[] plain = TEXT.getBytes(StandardCharsets.UTF_8);
        for (byte[] content :
                List.of(plain, gzip(plain), Zstd.compress(plain), ("\uFEFF" + TEXT).getBytes(StandardCharsets.UTF_8))) {
            assertThat(lines(content)).containsExactly("one", "zwei \uD83D\uDC1F für drei");
        }
    }

    @Test
    void readsUtf16AsUtf8() throws Exception {
        String text = TEXT.repeat(3000);
        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            assertThat(lines(("\uFEFF" + text).getBytes(charset)))
                    .hasSize(6000)
                    .containsOnly("one", "zwei \uD83D\uDC1F für drei");
        }
    }

    @Test
    void saysWhichFileCannotBeReadAndWhy() throws IOException {
        Path missing = folder.resolve("missing.log");
        assertThatThrownBy(() -> LogFiles.find(List.of(missing)))
                .isInstanceOf(UnreadableLogException.class)
                .hasMessage("cannot read " + missing + ": there is no such file or folder");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> LogFiles.find(List.of(empty))).hasMessage("there are no files below " + empty);
    }

    @Test
    void saysHowToExportABinaryEventLog() throws Exception {
        Path evtx = Files.write(folder.resolve("Security.evtx"), "ElfFile\0\0\0".getBytes(StandardCharsets.US_ASCII));
        LogFile file = LogFiles.find(List.of(evtx)).getFirst();
        assertThatThrownBy(() -> file.open(1000)).hasMessageContaining("evtx_dump -o jsonl");
    }

    @Test
    void saysHowToUnpackAZipArchive() throws Exception {
        Path zip = Files.write(folder.resolve("logs.zip"), new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0, 8});
        LogFile file = LogFiles.find(List.of(zip)).getFirst();
        assertThatThrownBy(() -> file.open(1000)).hasMessageContaining("unzip -d FOLDER FILE.zip");
    }

    private List<String> lines(byte[] content) throws Exception {
        Path path = Files.write(folder.resolve("some.txt"), content);
        var lines = new ArrayList<String>();
        try (RecordReader reader = LogFiles.find(List.of(path)).getFirst().open(1000)) {
            for (byte[] line = reader.read(); line != null; line = reader.read()) {
                lines.add(new String(line, StandardCharsets.UTF_8));
            }
            assertThat(reader.position()).isEqualTo(content.length);
        }
        return lines;
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }
}
