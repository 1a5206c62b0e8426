package org.descentlang.compiler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.descentlang.compiler.plan.Tiling.Tile;
import org.descentlang.compiler.type.Dim;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductCostsTest {
    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "10, 1, 1, 2", "32, 2, 2, 4", "48, 2, 2, 4", "256, 4, 2, 4", "1000, 4, 2, 4"})
    void tilesAreAsWideAsColumnsAndRegistersAllow(long n, int of512Bits, int of256Bits, int of128Bits) {
        var tiles = cut(64, n, 128, false, false).tiles();
        assertThat(tiles).extracting(Tile::bits).containsExactly(512, 256, 128);
        assertThat(tiles).extracting(Tile::vectors).containsExactly(of512Bits, of256Bits, of128Bits);
        assertThat(tiles).extracting(Tile::share).allMatch(share -> share > 0 && share < 1);
    }

    @Test
    void registersHoldATile() {
        for (long n : List.of(1, 16, 100, 1000)) {
            List<Tile> tiles = cut(100, n, 100, false, false).tiles();
            for (int i = 0; i < tiles.size(); i++) {
                Tile tile = tiles.get(i);
                // The sums, a row of B and a number of A.
                assertThat((tile.rows() + 1) * tile.vectors() + 1)
                        .isLessThanOrEqualTo(Machine.ALL.get(i).registers());
            }
        }
    }

    @Test
    void predictsWhatFewRowsAndATransposedOperandCost() {
        assertThat(share(512, 256, 784, false)).isBetween(0.9, 1.0);
        assertThat(share(1, 32, 784, false)).isLessThan(share(512, 32, 784, false));
        assertThat(share(64, 256, 128, true)).isLessThan(share(64, 256, 128, false));
        assertThat(share(64, 10, 128, false)).isLessThan(0.6);
    }

    private static double share(long m, long n, long k, boolean transposeRight) {
        return cut(m, n, k, false, transposeRight).tiles().getFirst().share();
    }

    @ParameterizedTest
    @CsvSource({
        "64, 784, false, 784",
        "512, 1024, false, 1024",
        "512, 1025, false, 513",
        "512, 4096, false, 1024",
        // 1024 numbers are 4096 bytes: 256 lines so far apart fill their sets of a cache of 1 MiB.
        "1024, 1024, true, 256",
        "2048, 1000, true, 125",
        "784, 512, true, 512"
    })
    void blocksFitTheCacheAndAreEquallyDeep(long m, long k, boolean transposeLeft, int depth) {
        assertThat(cut(m, 256, k, transposeLeft, false).depth()).isEqualTo(depth);
    }

    @Test
    void threadsDivideWhatIsLarger() {
        assertThat(cut(64, 256, 784, false, false).byColumns()).isTrue();
        assertThat(cut(512, 256, 784, false, false).byColumns()).isFalse();
        // Each would transpose all of B.
        assertThat(cut(512, 256, 128, false, true).byColumns()).isTrue();
    }

    @Test
    void smallProductsStayOnOneThread() {
        assertThat(cut(32, 16, 4, false, false).isParallel()).isFalse();
        assertThat(cut(64, 256, 784, false, false).isParallel()).isTrue();
    }

    private static Tiling cut(long m, long n, long k, boolean transposeLeft, boolean transposeRight) {
        var product = new Product(Dim.ONE, Dim.BATCH, Dim.of(n), Dim.of(k), transposeLeft, transposeRight, true);
        return ProductCosts.cheapest(product, Capacity.of((int) m));
    }
}
