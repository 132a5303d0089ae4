package dev.backstop.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a class, and says so, where OpenDKIM and dkimpy are not installed. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresDkimPeers.Condition.class)
@interface RequiresDkimPeers {

  /** Looks for both. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      boolean there =
          Files.isExecutable(Path.of("/usr/sbin/opendkim"))
              && Files.isDirectory(Path.of("/usr/lib/python3/dist-packages/dkim"));
      if (there) {
        return ConditionEvaluationResult.enabled("OpenDKIM and dkimpy are there");
      }
      String missing =
          "needs other DKIM programs (on Debian: apt-get install opendkim python3-dkim)";
      System.err.println("SKIPPED " + context.getDisplayName() + ": " + missing);
      return ConditionEvaluationResult.disabled(missing);
    }
  }
}
