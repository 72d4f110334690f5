package dev.weft.runtime.grid;

/** The way from one device to another: what is sent on it arrives in order. */
record Channel(int from, int to) {}
