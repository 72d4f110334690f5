package dev.weft.runtime.interp;

import dev.weft.runtime.tensor.Storage;
import dev.weft.runtime.tensor.Tensor;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Counts the bytes of one device's live buffers. A buffer is live while at least one value is held
 * in it. Not thread-safe: it belongs to the device's thread.
 */
public final class DeviceMemory {
  private final Map<Storage, Integer> holds = new IdentityHashMap<>();
  private long currentBytes;
  private long peakBytes;
  private long currentHostBytes;
  private long peakHostBytes;

  /** Bytes of the buffers that are live now. */
  public long currentBytes() {
    return currentBytes;
  }

  /** The most bytes that were live at once. */
  public long peakBytes() {
    return peakBytes;
  }

  /** The most bytes that the device's values took of its host's memory at once. */
  public long peakHostBytes() {
    return peakHostBytes;
  }

  /** One more value is held in a tensor's buffer. */
  public void hold(Tensor tensor) {
    hold(tensor.storage());
  }

  void hold(Storage buffer) {
    if (holds.merge(buffer, 1, Integer::sum) == 1) {
      grow(buffer);
    }
  }

  private void grow(Storage buffer) {
    switch (buffer.space()) {
      case DEVICE -> {
        currentBytes += buffer.bytes();
        peakBytes = Math.max(peakBytes, currentBytes);
      }
      case HOST -> {
        currentHostBytes += buffer.bytes();
        peakHostBytes = Math.max(peakHostBytes, currentHostBytes);
      }
    }
  }

  /** One value less is held in a tensor's buffer. */
  public void release(Tensor tensor) {
    release(tensor.storage());
  }

  void release(Storage buffer) {
    int left = holds.merge(buffer, -1, Integer::sum);
    if (left == 0) {
      holds.remove(buffer);
      switch (buffer.space()) {
        case DEVICE -> currentBytes -= buffer.bytes();
        case HOST -> currentHostBytes -= buffer.bytes();
      }
    } else if (left < 0) {
      throw new IllegalStateException("a buffer is released more often than held");
    }
  }
}
