package org.descentlang.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.descentlang.description.Initializer;
import org.descentlang.description.ModelLayout;
import org.descentlang.description.ParameterDescription;
import org.descentlang.description.RunningDescription;
import org.descentlang.runtime.UserException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
    private static final Initializer ZERO = new Initializer.Constant(0);
    private static final ModelLayout LAYOUT = new ModelLayout(
            "Mlp",
            List.of(weight("a.w", List.of(2, 3), 0), weight("größe", List.of(), 6)),
            List.of(new RunningDescription("norm.mean", List.of(2), 0, 0)));

    /** The same tensors elsewhere. */
    private static final ModelLayout OTHER = new ModelLayout(
            "Mlp",
            List.of(weight("größe", List.of(), 0), weight("a.w", List.of(2, 3), 1)),
            List.of(new RunningDescription("norm.mean", List.of(2), 1, 0)));

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void save() {
        file = folder.resolve("deep/er/mlp.model");
        ModelFile.save(file, LAYOUT, new float[] {1, 2, 3, 4, 5, 6, 7}, new float[] {8, Float.MIN_VALUE});
    }

    @Test
    void loadsByPath() throws IOException {
        float[] parameters = new float[7];
        float[] running = new float[3];
        ModelFile.load(file, OTHER, parameters, running);
        assertThat(parameters).containsExactly(7, 1, 2, 3, 4, 5, 6);
        assertThat(running).containsExactly(0, 8, Float.MIN_VALUE);
        try (var files = Files.list(file.resolveSibling("."))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void copiesBetweenLayouts() {
        float[] parameters = new float[7];
        float[] running = new float[3];
        LAYOUT.copy(new float[] {1, 2, 3, 4, 5, 6, 7}, new float[] {8, 9}, OTHER, parameters, running);
        assertThat(parameters).containsExactly(7, 1, 2, 3, 4, 5, 6);
        assertThat(running).containsExactly(0, 8, 9);
    }

    @Test
    void hasTheDocumentedFormat() throws IOException {
        String header = "model Mlp\nweight 2x3 a.w\nweight scalar größe\nrunning 2 norm.mean\n";
        byte[] bytes = Files.readAllBytes(file);
        int length = header.getBytes(StandardCharsets.UTF_8).length;
        assertThat(new String(bytes, StandardCharsets.UTF_8))
                .startsWith("DESCENT\n\1\0\0\0" + (char) length + "\0\0\0" + header);
        assertThat(bytes).hasSize(16 + length + 9 * 4 + 4);
        assertThat(Arrays.copyOfRange(bytes, 16 + length, 20 + length)).containsExactly(0, 0, 0x80, 0x3f);
    }

    @Test
    void replacesAnOlderFile() {
        ModelFile.save(file, LAYOUT, new float[7], new float[2]);
        float[] parameters = {1, 1, 1, 1, 1, 1, 1};
        ModelFile.load(file, LAYOUT, parameters, new float[2]);
        assertThat(parameters).containsOnly(0);
    }

    @Test
    void refusesAnotherModelInPreciseWords() {
        refuses(
                layout(List.of(weight("a.w", List.of(2, 4), 0))),
                "holds model Mlp, which differs from the Net here: a.w has shape [2, 3] in the file, not [2, 4]");
        refuses(
                layout(List.of(weight("a.v", List.of(2, 3), 0))),
                "holds model Mlp, which differs from the Net here: a.v is not in the file");
        refuses(
                new ModelLayout("Net", LAYOUT.parameters(), List.of()),
                "holds model Mlp, which differs from the Net here: norm.mean is only in the file");
    }

    @Test
    void refusesDamagedFiles() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        damaged(new byte[0], "it is too short for a model file");
        damaged("PK not a model at all".getBytes(StandardCharsets.UTF_8), "it is not a Descent model file");
        damaged(changed(bytes, 8, 9), "its format is version 9, but this Descent reads version 1");
        damaged(changed(bytes, 15, 0x7f), "its header claims 2130706499 bytes");
        damaged(
                changed(bytes, bytes.length - 6, 1),
                "its checksum is wrong: it was changed or truncated after it was written");
        damaged(
                Arrays.copyOf(bytes, bytes.length - 1),
                "its header requires %d bytes, but it has %d".formatted(bytes.length, bytes.length - 1));
        assertThatThrownBy(() -> ModelFile.load(folder.resolve("none"), LAYOUT, new float[7], new float[2]))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("the model cannot be read");
    }

    @Test
    void repeatsLittleOfADamagedHeader() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        byte[] hostile = text.replace("weight 2x3 a.w", "we\u001b[31m 3a.w").getBytes(StandardCharsets.ISO_8859_1);
        damaged(hostile, "the header of the model file has a line \"we\\u001b[31m 3a.w\"");
        byte[] longer = text.replace("weight 2x3 a.w", "x".repeat(100)).getBytes(StandardCharsets.ISO_8859_1);
        longer[12] += (byte) (100 - 14);
        damaged(longer, "the header of the model file has a line \"" + "x".repeat(80) + "…\"");
    }

    @Test
    void saysBeforehandThatItCannotBeSaved() {
        ModelFile.requireWritable(file, LAYOUT);
        Path inside = file.resolve("model");
        assertThatThrownBy(() -> ModelFile.requireWritable(inside, LAYOUT))
                .isInstanceOf(UserException.class)
                .hasMessage(inside + ": the model cannot be written: " + file + " is in the way");
    }

    /** Whoever writes `--out digits.opt` must not lose the source. */
    @Test
    void replacesNoFileOfAnotherKind() throws IOException {
        Files.writeString(file, "model M { }");
        assertThatThrownBy(() -> ModelFile.requireWritable(file, LAYOUT))
                .isInstanceOf(UserException.class)
                .hasMessage(file + ": the model cannot be written: this file is not a model and would be lost");
        assertThat(file).hasContent("model M { }");
        Files.writeString(file, "");
        ModelFile.requireWritable(file, LAYOUT);
    }

    @Test
    void neverBelievesASize() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (String shape : List.of("999999999", "-2", "2147483647x2147483647", "", "x", "1.5", "4294967295")) {
            byte[] hostile = text.replace("2x3", shape).getBytes(StandardCharsets.ISO_8859_1);
            hostile[12] += (byte) (shape.length() - 3);
            assertThatThrownBy(() -> load(hostile)).isInstanceOf(UserException.class);
        }
    }

    @Test
    void answersAnyChangeWithAUserException() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        var random = new Random(1);
        for (int i = 0; i < 500; i++) {
            byte[] mutant = Arrays.copyOf(bytes, bytes.length - (i % 3 == 0 ? random.nextInt(bytes.length) : 0));
            if (mutant.length > 0) {
                mutant[random.nextInt(mutant.length)] ^= (byte) (1 + random.nextInt(255));
            }
            assertThatThrownBy(() -> load(mutant)).isInstanceOf(UserException.class);
        }
    }

    private void damaged(byte[] bytes, String message) {
        assertThatThrownBy(() -> load(bytes))
                .isInstanceOf(UserException.class)
                .hasMessage(folder.resolve("damaged") + ": " + message);
    }

    private void load(byte[] bytes) throws IOException {
        Path damaged = Files.write(folder.resolve("damaged"), bytes);
        ModelFile.load(damaged, LAYOUT, new float[7], new float[2]);
    }

    private void refuses(ModelLayout layout, String message) {
        float[] parameters = new float[7];
        assertThatThrownBy(() -> ModelFile.load(file, layout, parameters, new float[2]))
                .isInstanceOf(UserException.class)
                .hasMessage(file + ": " + message);
        assertThat(parameters).containsOnly(0);
    }

    private static byte[] changed(byte[] bytes, int at, int value) {
        byte[] copy = bytes.clone();
        copy[at] = (byte) value;
        return copy;
    }

    private static ModelLayout layout(List<ParameterDescription> parameters) {
        return new ModelLayout("Net", parameters, List.of());
    }

    private static ParameterDescription weight(String path, List<Integer> shape, int offset) {
        return new ParameterDescription(path, "weight", shape, offset, ZERO);
    }
}
