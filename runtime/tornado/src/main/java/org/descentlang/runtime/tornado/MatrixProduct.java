package org.descentlang.runtime.tornado;

/**
 * Products of matrices: each result is an m by n matrix, the sum over k of left[m, k] times right[k, n].
 *
 * @param task what the task is called
 * @param count how many products
 * @param fewerRows what a batch with fewer rows changes
 */
public record MatrixProduct(
        String task, int count, int m, int n, int k, Matrix left, Matrix right, Matrix result, FewerRows fewerRows) {}
