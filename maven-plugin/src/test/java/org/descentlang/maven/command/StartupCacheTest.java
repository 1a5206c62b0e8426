package org.descentlang.maven.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StartupCacheTest {
    @TempDir
    Path folder;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no such permissions")
    void whatLiesInAFolderOfTheUsersAloneIsUsed() throws IOException {
        var cache = StartupCache.of(Map.of("XDG_CACHE_HOME", folder.toString()), folder, List.of("java", "-cp", "a"));
        var place = "-Ddescent.cache=" + cache.all().resolve(cache.name());
        assertThat(cache.jvmArguments()).containsExactly(place);
        var file = Files.createDirectories(cache.all().resolve(cache.name())).resolve("key.aot");
        Files.createFile(file);
        rights(cache.all(), "rwx------");
        assertThat(cache.jvmArguments()).containsExactly(place, "-XX:AOTCache=" + file, "-Xlog:aot*=off");
        for (String others : List.of("rwxrwxrwx", "rwx-w----", "rwxr-xr-x")) {
            rights(cache.all(), others);
            assertThat(cache.jvmArguments()).as(others).containsExactly(place);
        }
    }

    @Test
    void eachSetOfFlagsHasItsOwn() {
        assertThat(StartupCache.of(Map.of(), folder, List.of("java", "-Xmx1g")))
                .returns(folder.resolve(".cache/descent"), StartupCache::all)
                .isNotEqualTo(StartupCache.of(Map.of(), folder, List.of("java", "-Xmx2g")));
    }

    private static void rights(Path path, String rights) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    }
}
