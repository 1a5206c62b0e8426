package org.descentlang.runtime.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.descentlang.description.DataDescription.Content;
import org.descentlang.description.DataDescription.Field;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.UserText;

/** The examples of an IDX file of images, and of another one that has their labels. */
final class IdxPages implements PageReader {
    private final IdxFile images;
    private final Optional<IdxFile> labels;
    private final List<Field> fields;
    private final int width;
    private final float[] pixels;
    private final int rowsOfAPage;
    private long read;

    private IdxPages(IdxFile images, Optional<IdxFile> labels, List<Field> fields) {
        this.images = images;
        this.labels = labels;
        this.fields = fields;
        fields.forEach(this::check);
        labels.ifPresent(this::checkLabels);
        width = fields.stream()
                .mapToInt(field -> field.content() instanceof Content.Image image ? values(image) : 0)
                .max()
                .orElse(0);
        rowsOfAPage = Page.rows(IntStream.of(width));
        pixels = Memory.floats("A page of " + images.name(), rowsOfAPage, width);
    }

    static IdxPages open(Path path, Optional<Path> labelPath, List<Field> fields) {
        IdxFile images = IdxFile.open(path);
        Optional<IdxFile> labels = Optional.empty();
        try {
            labels = labelPath.map(IdxFile::open);
            return new IdxPages(images, labels, fields);
        } catch (RuntimeException e) {
            images.close();
            labels.ifPresent(IdxFile::close);
            throw e;
        }
    }

    private void check(Field field) {
        switch (field.content()) {
            case Content.Image(int height, int width, int channels, var _) ->
                checkImages(field, new long[] {height, width, channels});
            case Content.ExampleLabel _ -> {
                if (labels.isEmpty()) {
                    throw new IllegalArgumentException("No file of labels for " + field.name());
                }
            }
            case Content.Columns _,
                    Content.Labels _,
                    Content.Integers _,
                    Content.RandomUniform _,
                    Content.RandomNormal _,
                    Content.RandomLabels _ -> throw mismatch(field);
        }
    }

    /** A file of three dimensions has images of one channel. */
    private void checkImages(Field field, long[] declared) {
        long[] sizes = images.sizes();
        if (sizes.length != 3 && sizes.length != 4) {
            throw UserException.in(
                    images.name(),
                    "has no images: expected sizes of examples x height x width, found " + IdxFile.text(sizes));
        }
        long[] found = Arrays.copyOfRange(sizes, 1, 4);
        if (sizes.length == 3) {
            found[2] = 1;
        }
        if (!Arrays.equals(found, declared)) {
            throw UserException.in(
                    images.name(),
                    "has images of %s (height, width, channels), but the field %s is made of images of %s"
                            .formatted(IdxFile.text(found), field.name(), IdxFile.text(declared)));
        }
    }

    private void checkLabels(IdxFile file) {
        long[] sizes = file.sizes();
        if (sizes.length != 1) {
            throw UserException.in(
                    file.name(), "has no labels: expected one number for each example, found " + IdxFile.text(sizes));
        }
        if (file.examples() != images.examples()) {
            throw UserException.in(
                    file.name(),
                    "has %s, but %s has %s"
                            .formatted(
                                    UserText.counted(file.examples(), "label"),
                                    images.name(),
                                    UserText.counted(images.examples(), "image")));
        }
    }

    private static int values(Content.Image image) {
        return image.height() * image.width() * image.channels();
    }

    private static IllegalArgumentException mismatch(Field field) {
        return new IllegalArgumentException("An IDX file has no such field: " + field.name());
    }

    @Override
    public long mostExamples() {
        return images.examples();
    }

    @Override
    public Optional<Page> next() {
        int rows = (int) Math.min(rowsOfAPage, images.examples() - read);
        if (rows == 0) {
            return Optional.empty();
        }
        images.read(rows * width, (index, value) -> pixels[index] = pixel(index, value));
        double[] classes = new double[rows];
        labels.ifPresent(file -> file.read(rows, (index, value) -> classes[index] = value));
        var columns = new ArrayList<Page.Column>();
        for (Field field : fields) {
            columns.add(
                    field.content() instanceof Content.ExampleLabel(int most)
                            ? new Page.Column.Integers(labels(classes, most))
                            : new Page.Column.Numbers(pixels));
        }
        var page = new Page(rows, columns, new Mistakes(read));
        read += rows;
        if (read == images.examples()) {
            if (width > 0) {
                images.requireEnd();
            }
            labels.ifPresent(IdxFile::requireEnd);
        }
        return Optional.of(page);
    }

    private float pixel(int index, double value) {
        float number = (float) value;
        if (!Float.isFinite(number)) {
            throw mistake(images, read + index / width, "expected finite numbers, found " + value);
        }
        return number;
    }

    private int[] labels(double[] values, int classes) {
        int[] numbers = new int[values.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (int) values[i];
            if (numbers[i] != values[i] || numbers[i] < 0 || numbers[i] >= classes) {
                throw mistake(
                        labels.orElseThrow(),
                        read + i,
                        "expected a class from 0 to %d, found %s".formatted(classes - 1, number(values[i])));
            }
        }
        return numbers;
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9 ? Long.toString((long) value) : "" + value;
    }

    private static UserException mistake(IdxFile file, long example, String message) {
        return UserException.in(file.name(), "example %d, counted from 0: %s".formatted(example, message));
    }

    private final class Mistakes implements Page.Mistakes {
        private final long first;

        private Mistakes(long first) {
            this.first = first;
        }

        @Override
        public UserException in(int row, String message) {
            return mistake(images, first + row, message);
        }

        @Override
        public UserException in(int row, int column, String message) {
            return in(row, message);
        }
    }

    @Override
    public void close() {
        images.close();
        labels.ifPresent(IdxFile::close);
    }
}
