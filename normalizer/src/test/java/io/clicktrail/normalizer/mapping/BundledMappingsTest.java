package io.clicktrail.normalizer.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BundledMappingsTest {

    private static final Path FOLDER = Path.of("src/main/resources/formats");

    @Test
    void theIndexNamesEveryFileOfTheFolder() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList();

            assertThat(Files.readAllLines(FOLDER.resolve("index.txt"))).isEqualTo(names);
        }
    }

    @Test
    void noTwoFilesHaveFormatsOfOneName() throws IOException {
        List<String> names = new ArrayList<>();
        for (String file : Files.readAllLines(FOLDER.resolve("index.txt"))) {
            MappingReading reading = MappingFile.bundled(file, Files.readString(FOLDER.resolve(file)));
            names.addAll(((MappingReading.Valid) reading).names());
        }

        assertThat(names).doesNotHaveDuplicates();
    }
}
