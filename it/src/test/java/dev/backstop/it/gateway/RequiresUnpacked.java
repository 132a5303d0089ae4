package dev.backstop.it.gateway;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips a class, and says so, where {@code it/gateway/unpack.sh} did not unpack that package. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresUnpacked.Condition.class)
@interface RequiresUnpacked {
  /** Name of the Debian package. */
  String value();

  /** Looks for it. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      String name =
          AnnotationSupport.findAnnotation(context.getRequiredTestClass(), RequiresUnpacked.class)
              .orElseThrow()
              .value();
      if (Files.exists(UnpackedServer.unpacked(name).resolve(".complete"))) {
        return ConditionEvaluationResult.enabled(name + " is there");
      }
      String missing = "needs it/gateway/unpack.sh " + name;
      System.err.println("SKIPPED " + context.getDisplayName() + ": " + missing);
      return ConditionEvaluationResult.disabled(missing);
    }
  }
}
