package org.continuo.suite;

/** One cell of the comparison: a row on an order with a seed. */
public record Cell(Row row, String order, long seed, ResolvedRun run) {}
