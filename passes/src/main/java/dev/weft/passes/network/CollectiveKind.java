package dev.weft.passes.network;

/** What a group of devices does together. The bytes of each are those of its largest tensor. */
public enum CollectiveKind {
  /** Each device has an operand of all bytes and gets the sum of them. */
  ALL_REDUCE,
  /** Each device has a part and gets all parts: the bytes are those of the result. */
  ALL_GATHER,
  /** Each device has an operand of all bytes and gets one part of the sum. */
  REDUCE_SCATTER,
  /** Each device has one part for each device: the bytes are those of the operand. */
  ALL_TO_ALL,
  /** One device has a tensor that all get. */
  BROADCAST;
}
