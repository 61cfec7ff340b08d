package io.clicktrail.standalone.backtest;

import io.clicktrail.alert.Alert;
import io.clicktrail.schemas.AvroSetup;
import io.clicktrail.standalone.logs.UnreadableLogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/**
 * Where a first pass is kept, so that an interrupted backtest goes on with the second: a container file of Avro with
 * the cases before and then those after. The state of an engine is not kept, since the services keep part of theirs
 * in memory alone: a first pass that is interrupted begins again.
 *
 * @param file where it is kept
 * @param of digest of what is judged and by what, since a result counts for the same question alone
 */
public record KeptPass(Path file, String of) {

    private static final String OF = "clicktrail.backtest.of";
    private static final String BEFORE = "clicktrail.backtest.before";
    private static final String DAYS = "clicktrail.backtest.days";

    static {
        AvroSetup.install();
    }

    /**
     * The first pass; null where none is kept.
     *
     * @throws UnreadableLogException where the file is that of another backtest, or damaged
     */
    @Nullable
    FirstPass read() throws UnreadableLogException {
        if (!Files.exists(file)) {
            return null;
        }
        try (var cases = new DataFileReader<>(file.toFile(), new SpecificDatumReader<>(Alert.class))) {
            if (!of.equals(cases.getMetaString(OF))) {
                throw new UnreadableLogException(
                        file + " is of another backtest: other records, settings or tuning; delete it or name another");
            }
            long first = cases.getMetaLong(BEFORE);
            double days = Double.parseDouble(cases.getMetaString(DAYS));
            var before = new ArrayList<Alert>();
            var after = new ArrayList<Alert>();
            cases.forEach(alert -> (before.size() < first ? before : after).add(alert));
            return new FirstPass(before, after, days);
        } catch (IOException e) {
            throw UnreadableLogException.in(file, e);
        }
    }

    void write(FirstPass pass) throws UnreadableLogException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (var writer = new DataFileWriter<>(new SpecificDatumWriter<>(Alert.class))) {
            writer.setMeta(OF, of);
            writer.setMeta(BEFORE, pass.before().size());
            writer.setMeta(DAYS, Double.toString(pass.days()));
            writer.create(Alert.getClassSchema(), part.toFile());
            for (Alert alert : pass.before()) {
                writer.append(alert);
            }
            for (Alert alert : pass.after()) {
                writer.append(alert);
            }
            writer.close();
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw UnreadableLogException.unwritable(file, e);
        }
    }

    /** Removes the file: the backtest is done. */
    public void delete() throws UnreadableLogException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw UnreadableLogException.unwritable(file, e);
        }
    }
}
