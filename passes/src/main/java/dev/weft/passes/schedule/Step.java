package dev.weft.passes.schedule;

import dev.weft.ir.schedule.Action;

/** What a device does next. */
sealed interface Step {
  record Work(Action action) implements Step {}

  record Send(Transfer transfer) implements Step {}

  record Receive(Transfer transfer) implements Step {}
}
