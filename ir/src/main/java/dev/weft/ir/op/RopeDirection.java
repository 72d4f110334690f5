package dev.weft.ir.op;

/** Whether a rotary embedding turns forward, or back (its transpose, and its inverse). */
public enum RopeDirection {
  FORWARD,
  INVERSE
}
