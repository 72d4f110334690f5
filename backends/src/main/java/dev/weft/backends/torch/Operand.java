package dev.weft.backends.torch;

import dev.weft.ir.type.TensorType;
import java.util.OptionalDouble;

/**
 * An operand as it is printed.
 *
 * @param type the type of what the expression yields
 * @param uniform the number, where the operand holds one number everywhere
 */
record Operand(Expression expression, TensorType type, OptionalDouble uniform) {}
