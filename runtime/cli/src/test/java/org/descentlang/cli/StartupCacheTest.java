package org.descentlang.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StartupCacheTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void theKeySeesEachChangeOfAJar() throws IOException {
        Path jar = Files.write(folder.resolve("a.jar"), new byte[10]);
        var before = StartupCache.key(jar.toString());
        assertThat(before).isPresent().isEqualTo(StartupCache.key(jar.toString()));
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
        var later = StartupCache.key(jar.toString());
        assertThat(later).isPresent().isNotEqualTo(before);
        FileTime time = Files.getLastModifiedTime(jar);
        Files.write(jar, new byte[11]);
        Files.setLastModifiedTime(jar, time);
        assertThat(StartupCache.key(jar.toString())).isPresent().isNotEqualTo(later);
    }

    @Test
    void thereIsNoneForFoldersOrForWhatIsNotThere() {
        assertThat(StartupCache.key(folder.toString())).isEmpty();
        assertThat(StartupCache.key(folder.resolve("none.jar").toString())).isEmpty();
    }

    @Test
    void oneMakerIsEnoughAndAFailedOneIsFollowedAfterAnHour() throws IOException {
        var cache = new StartupCache(Files.createDirectory(folder.resolve("x")), "key");
        assertThat(StartupCacheMaker.isAtWork(cache)).isFalse();
        Path lock = Files.createFile(cache.folder().resolve("making"));
        assertThat(StartupCacheMaker.isAtWork(cache)).isTrue();
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));
        assertThat(StartupCacheMaker.isAtWork(cache)).isFalse();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no such permissions")
    void nothingIsMadeWhereOthersMayWrite() throws IOException, InterruptedException {
        Path all = Files.createDirectory(folder.resolve("all"));
        for (String rights : new String[] {"rwxrwxrwx", "rwxr-xr-x", "rwx-w----"}) {
            Files.setPosixFilePermissions(all, PosixFilePermissions.fromString(rights));
            assertThat(StartupCacheMaker.isPrivate(all)).as(rights).isFalse();
            StartupCacheMaker.main(new String[] {all.resolve("here").toString(), "key"});
            assertThat(all.resolve("here")).isEmptyDirectory();
        }
        Files.setPosixFilePermissions(all, PosixFilePermissions.fromString("rwx------"));
        assertThat(StartupCacheMaker.isPrivate(all)).isTrue();
        Path link = Files.createSymbolicLink(folder.resolve("link"), all);
        assertThat(StartupCacheMaker.isPrivate(link)).isFalse();
    }

    @Test
    void theWorkOfTheMakerIsARightProgram() throws IOException {
        StartupWork.main(new String[] {folder.toString()});
        assertThat(folder.resolve("startup/Mlp.java")).isNotEmptyFile();
        assertThat(folder.resolve("model")).isNotEmptyFile();
    }
}
