package dev.statuswire.tests.kill;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.PageClient;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.settings.AwsClients;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.transition.Item;
import dev.statuswire.tests.process.Effect;
import dev.statuswire.tests.process.Sink;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What must be true once the last process has come to rest, of the table, of what was seen on the
 * way, of the effects outside, and of the pages.
 */
final class Verdict {

    private static final String TABLE = "statuswire-requests";
    private static final Set<String> PLANNED = Set.of("sink-busy", "sink-refused");

    private final Ledger ledger;
    private final Sightings sightings;
    private final Sink sink;
    private final Findings findings;

    Verdict(Ledger ledger, Sightings sightings, Sink sink, Findings findings) {
        this.ledger = ledger;
        this.sightings = sightings;
        this.sink = sink;
        this.findings = findings;
    }

    /** Waits until everything is finished, and looks. */
    void of(Life life, List<PageClient> pages) {
        ledger.all().forEach(this::historyIsSound);
        findings.check();
        ledger.all().forEach(submitted -> awaitFinished(life, submitted.id()));
        try (var dynamoDb = AwsClients.dynamoDb(Optional.of(life.process().awaitDynamoDb()))) {
            Map<String, Request> table = table(dynamoDb);
            tableHoldsWhatWasAcknowledged(table);
            pages.forEach(page -> showsTheNewest(page, table));
            nothingIsDue(dynamoDb);
        }
        ledger.all().forEach(this::historyIsSound);
        ledger.all().forEach(this::endIsSound);
        sink.effects().forEach(this::noClaimDoesItTwice);
    }

    /** However long it takes, as long as anything goes on. */
    private void awaitFinished(Life life, String id) {
        Await.until(id + " is read", () -> isRead(life, id));
        while (!isFinished(id)) {
            int seen = sightings.count();
            Await.until(
                    "anything goes on after " + last(id),
                    () -> isRead(life, id) && (isFinished(id) || sightings.count() > seen));
        }
    }

    private boolean isRead(Life life, String id) {
        long before = sightings.newest(id);
        Optional<Answer> answer = life.call(id, api -> api.get("/status/" + id));
        answer.ifPresent(it -> sightings.add(it.json(), before));
        return answer.isPresent();
    }

    private boolean isFinished(String id) {
        return Status.valueOf(last(id).get("status").asText()).finished();
    }

    private JsonNode last(String id) {
        return sightings.of(id).lastEntry().getValue();
    }

    private static Map<String, Request> table(DynamoDbClient dynamoDb) {
        return dynamoDb
                .scanPaginator(scan -> scan.tableName(TABLE).consistentRead(true))
                .items()
                .stream()
                .flatMap(item -> Item.read(item).stream())
                .collect(toMap(request -> request.key().id(), request -> request));
    }

    private void tableHoldsWhatWasAcknowledged(Map<String, Request> table) {
        Set<String> acknowledged = ledger.acknowledged();
        if (!acknowledged.equals(table.keySet())) {
            findings.add("acknowledged " + acknowledged + ", kept " + table.keySet());
        }
        table.forEach(
                (id, item) -> {
                    JsonNode said = last(id);
                    boolean same =
                            item.version() == said.get("version").asLong()
                                    && item.status().name().equals(said.get("status").asText());
                    if (!same || item.dueAt() != null || item.expiresAt() == null) {
                        findings.add("the API said " + said + ", the item says " + item);
                    }
                });
    }

    private static void showsTheNewest(PageClient page, Map<String, Request> table) {
        Map<String, Long> newest =
                table.entrySet().stream()
                        .collect(toMap(Map.Entry::getKey, it -> it.getValue().version()));
        Await.until(
                "a page shows the newest",
                () -> page.isLive() && versions(page.newest()).equals(newest));
    }

    private static Map<String, Long> versions(Map<String, JsonNode> documents) {
        return documents.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, it -> it.getValue().get("version").asLong()));
    }

    private void nothingIsDue(DynamoDbClient dynamoDb) {
        var due = dynamoDb.scan(scan -> scan.tableName(TABLE).indexName(Item.DUE_INDEX)).items();
        if (!due.isEmpty()) {
            findings.add("everything is finished, and still due are " + due);
        }
    }

    private void historyIsSound(Submitted submitted) {
        History.faults(submitted, sightings.of(submitted.id())).forEach(findings::add);
    }

    private void endIsSound(Submitted submitted) {
        JsonNode end = last(submitted.id());
        switch (Status.valueOf(end.get("status").asText())) {
            case SUCCEEDED -> everyStepIsDone(end);
            case FAILED -> failureHasACause(submitted, end);
            default -> {}
        }
        end.get("steps").forEach(step -> effectsFit(end, step));
    }

    private void everyStepIsDone(JsonNode end) {
        for (JsonNode step : end.get("steps")) {
            if (!step.get("status").asText().equals("SUCCEEDED") || !step.has("output")) {
                findings.add("it succeeded without a step: " + end);
            }
        }
    }

    private void failureHasACause(Submitted submitted, JsonNode end) {
        String code = end.at("/error/code").asText();
        boolean planned = submitted.mayFail() && PLANNED.contains(code);
        boolean begunTooOften =
                code.equals("attempts-exhausted")
                        && end.get("attempt").asInt() == Request.MAX_ATTEMPTS;
        if (!planned && !begunTooOften) {
            findings.add("it failed without a cause: " + end);
        }
    }

    /** What a finished step returned it has done, and nobody has done it again since. */
    private void effectsFit(JsonNode end, JsonNode step) {
        String id = end.get("id").asText();
        if (!step.has("output")) {
            return;
        }
        List<Effect> effects = sink.effects(Sink.key(id, step.get("name").asText()));
        String run = step.at("/output/run").asText();
        if (effects.stream().noneMatch(effect -> effect.run().equals(run))) {
            findings.add("the effect of " + step + " is not among " + effects + ": " + end);
        }
        if (sink.isDoneAgain(id, step)) {
            findings.add("it was done again after " + step + ": " + effects + ": " + end);
        }
    }

    private void noClaimDoesItTwice(String key, List<Effect> effects) {
        long claims = effects.stream().map(Effect::fence).distinct().count();
        if (claims < effects.size()) {
            findings.add("one claim did " + key + " twice: " + effects);
        }
    }

    /** What there was, in words. */
    static String summary(Ledger ledger, Sightings sightings, Sink sink) {
        long sent = ledger.all().stream().mapToLong(Submitted::retries).sum();
        var effects = sink.effects().values();
        return "%d requests acknowledged, %d retries sent, %d versions seen, %d effects, %d more than once"
                .formatted(
                        ledger.acknowledged().size(),
                        sent,
                        sightings.count(),
                        effects.stream().mapToInt(List::size).sum(),
                        effects.stream().filter(runs -> runs.size() > 1).count());
    }
}
