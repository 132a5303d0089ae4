package dev.backstop.cli.demo;

/** One mail to our users, and what became of it. */
record Case(Arrival arrival, Outcome outcome, Fate fate) {

  static Case of(Arrival arrival, Outcome outcome) {
    return new Case(arrival, outcome, Fate.of(arrival, outcome));
  }

  /** Whether what happened is what should happen, by what the world knows. */
  boolean isRight() {
    return switch (arrival.truth()) {
      case GENUINE, ORDINARY -> fate == Fate.DELIVERED;
      case FALSE -> fate.isRefused();
    };
  }
}
