/**
 * Tensors: a type with named dimensions over numbers in memory.
 *
 * <p>Entry point: {@link dev.weft.runtime.tensor.Tensor}. A tensor is immutable once made, so that
 * views and the devices of a grid may share its storage.
 *
 * <p>There are two storages: {@code double[]} for every floating-point type and {@code int[]} for
 * {@code i32}. A tensor of a narrow type holds only numbers of that type's grid ({@link
 * dev.weft.runtime.tensor.Rounding}), so a program in {@code f32} or {@code bf16} computes what a
 * machine computes that works in double precision and rounds each op's result; one kernel per op
 * then serves all types. Bytes are counted by the element type, not by the storage.
 *
 * <p>Never: an array of a tensor is read outside {@code runtime.tensor} and {@code runtime.kernel},
 * or written by anyone after the tensor was made. This is where native or typed storage comes in.
 */
@NullMarked
package dev.weft.runtime.tensor;

import org.jspecify.annotations.NullMarked;
