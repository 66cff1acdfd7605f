package dev.devca.cli;

import dev.devca.ca.Pem;
import dev.devca.truststore.Plan;
import dev.devca.truststore.Rights;
import dev.devca.truststore.Step;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A plan for a program.
 *
 * @param root the root that it is for
 * @param words what to do with each text before it is shown
 */
record PlanJson(X509Certificate root, UnaryOperator<String> words) {

  Map<String, Object> describe(Plan plan) {
    Map<String, Object> map = Report.describe(plan.outcome());
    map.put("rights", plan.rights() == Rights.ROOT ? "root" : "own");
    map.put("steps", plan.steps().stream().map(this::describe).toList());
    return map;
  }

  private Map<String, Object> describe(Step step) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (step instanceof Step.Run run) {
      map.put("do", "run");
      map.put("arguments", texts(run.arguments()));
      map.put("input", run.input().equals(Pem.encode(root)) ? "root" : run.input());
      map.put("feeds", texts(run.feeds()));
    } else if (step instanceof Step.MakeFolder make) {
      map.put("do", "make-folder");
      map.put("folder", text(make.folder()));
    } else if (step instanceof Step.Write write) {
      map.put("do", "write");
      map.put("file", text(write.file()));
      map.put("lines", lines(write.lines()));
    } else if (step instanceof Step.Edit edit) {
      map.put("do", "edit");
      map.put("file", text(edit.file()));
      map.put("line", (long) edit.line());
      map.put("removed", lines(edit.removed()));
      map.put("added", lines(edit.added()));
    } else if (step instanceof Step.Replace replace) {
      map.put("do", "replace");
      map.put("file", text(replace.file()));
      map.put("what", text(replace.what()));
      map.put("byHand", texts(replace.byHand()));
    } else if (step instanceof Step.Remove remove) {
      map.put("do", "remove");
      map.put("file", text(remove.file()));
    } else if (step instanceof Step.Words say) {
      map.put("do", "other");
      map.put("lines", lines(say.lines()));
    }
    return map;
  }

  private String text(Object value) {
    return words.apply(value.toString());
  }

  private List<String> texts(Collection<?> values) {
    return values.stream().map(this::text).toList();
  }

  /** Together, since a certificate is several lines. */
  private List<String> lines(List<String> lines) {
    return words.apply(String.join("\n", lines)).lines().toList();
  }
}
