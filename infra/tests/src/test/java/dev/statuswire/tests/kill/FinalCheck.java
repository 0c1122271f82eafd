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
import dev.statuswire.tests.process.EffectSink;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Checks the table, the observed versions, the external effects and the pages once the last process
 * is idle.
 */
final class FinalCheck {

    private static final String TABLE = "statuswire-requests";
    private static final Set<String> PLANNED = Set.of("sink-busy", "sink-refused", "not-available");

    private final SubmittedRequests requests;
    private final ObservedVersions observed;
    private final EffectSink sink;
    private final Findings findings;

    FinalCheck(
            SubmittedRequests requests,
            ObservedVersions observed,
            EffectSink sink,
            Findings findings) {
        this.requests = requests;
        this.observed = observed;
        this.sink = sink;
        this.findings = findings;
    }

    /** Waits until everything is finished, and checks the result. */
    void check(RuntimeRun run, List<PageClient> pages) {
        requests.all().forEach(this::historyIsSound);
        findings.check();
        requests.all().forEach(submitted -> awaitFinished(run, submitted.id()));
        try (var dynamoDb = AwsClients.dynamoDb(Optional.of(run.process().awaitDynamoDb()))) {
            Map<String, Request> table = table(dynamoDb);
            tableHoldsWhatWasAcknowledged(table);
            pages.forEach(page -> showsTheNewest(page, table));
            nothingIsDue(dynamoDb);
            requests.all().stream()
                    .filter(submitted -> submitted.type().equals(Trips.NAME))
                    .flatMap(trip -> Trips.fault(last(trip.id()), dynamoDb).stream())
                    .forEach(findings::add);
        }
        requests.all().forEach(this::historyIsSound);
        requests.all().forEach(this::endIsSound);
        sink.effects().forEach(this::noClaimRepeatsAStep);
    }

    /** Waits until the request is finished, for as long as there is any progress. */
    private void awaitFinished(RuntimeRun run, String id) {
        Await.until(id + " is read", () -> isRead(run, id));
        while (!isFinished(id)) {
            int seen = observed.count();
            Await.until(
                    "any progress after " + last(id),
                    () -> isRead(run, id) && (isFinished(id) || observed.count() > seen));
        }
    }

    private boolean isRead(RuntimeRun run, String id) {
        long before = observed.newest(id);
        Optional<Answer> answer = run.call(id, api -> api.get("/status/" + id));
        answer.ifPresent(it -> observed.add(it.json(), before));
        return answer.isPresent();
    }

    private boolean isFinished(String id) {
        return Status.valueOf(last(id).get("status").asText()).finished();
    }

    private JsonNode last(String id) {
        return observed.of(id).lastEntry().getValue();
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
        Set<String> acknowledged = requests.acknowledged();
        if (!acknowledged.equals(table.keySet())) {
            findings.add("acknowledged " + acknowledged + ", stored " + table.keySet());
        }
        table.forEach(
                (id, item) -> {
                    JsonNode document = last(id);
                    boolean same =
                            item.version() == document.get("version").asLong()
                                    && item.status().name().equals(document.get("status").asText());
                    if (!same || item.dueAt() != null || item.expiresAt() == null) {
                        findings.add("the API returned " + document + ", but the item is " + item);
                    }
                });
    }

    private static void showsTheNewest(PageClient page, Map<String, Request> table) {
        Map<String, Long> newest =
                table.entrySet().stream()
                        .collect(toMap(Map.Entry::getKey, it -> it.getValue().version()));
        Await.until(
                "a page shows the newest versions",
                () -> page.isLive() && versions(page.newest()).equals(newest));
    }

    private static Map<String, Long> versions(Map<String, JsonNode> documents) {
        return documents.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, it -> it.getValue().get("version").asLong()));
    }

    private void nothingIsDue(DynamoDbClient dynamoDb) {
        var due = dynamoDb.scan(scan -> scan.tableName(TABLE).indexName(Item.DUE_INDEX)).items();
        if (!due.isEmpty()) {
            findings.add("everything is finished, but still due are " + due);
        }
    }

    private void historyIsSound(SubmittedRequest submitted) {
        History.faults(submitted, observed.of(submitted.id())).forEach(findings::add);
    }

    private void endIsSound(SubmittedRequest submitted) {
        JsonNode end = last(submitted.id());
        switch (Status.valueOf(end.get("status").asText())) {
            case SUCCEEDED -> everyStepIsDone(end);
            case FAILED -> failureHasACause(submitted, end);
            default -> {}
        }
        if (!submitted.type().equals(Trips.NAME)) {
            end.get("steps").forEach(step -> effectsFit(end, step));
        }
    }

    private void everyStepIsDone(JsonNode end) {
        for (JsonNode step : end.get("steps")) {
            if (!step.get("status").asText().equals("SUCCEEDED") || !step.has("output")) {
                findings.add("it succeeded with an unfinished step: " + end);
            }
        }
    }

    private void failureHasACause(SubmittedRequest submitted, JsonNode end) {
        String code = end.at("/error/code").asText();
        boolean planned = submitted.mayFail() && PLANNED.contains(code);
        boolean attemptsExhausted =
                code.equals("attempts-exhausted")
                        && end.get("attempt").asInt() >= Request.MAX_ATTEMPTS;
        if (!planned && !attemptsExhausted) {
            findings.add("it failed without a known cause: " + end);
        }
    }

    /**
     * Checks that a finished step had the effect that its output names, and that no later claim
     * repeated it.
     */
    private void effectsFit(JsonNode end, JsonNode step) {
        String id = end.get("id").asText();
        if (!step.has("output")) {
            return;
        }
        List<Effect> effects = sink.effects(EffectSink.key(id, step.get("name").asText()));
        String run = step.at("/output/run").asText();
        if (effects.stream().noneMatch(effect -> effect.run().equals(run))) {
            findings.add("the effect of " + step + " is not among " + effects + ": " + end);
        }
        if (sink.isDoneAgain(id, step)) {
            findings.add("the step ran again after " + step + ": " + effects + ": " + end);
        }
    }

    private void noClaimRepeatsAStep(String key, List<Effect> effects) {
        long claims = effects.stream().map(Effect::fence).distinct().count();
        if (claims < effects.size()) {
            findings.add("one claim ran " + key + " twice: " + effects);
        }
    }

    /** Returns a summary. */
    static String summary(SubmittedRequests requests, ObservedVersions observed, EffectSink sink) {
        long sent = requests.all().stream().mapToLong(SubmittedRequest::retries).sum();
        var effects = sink.effects().values();
        return "%d requests acknowledged, %d retries sent, %d versions seen, %d effects, %d more than once"
                .formatted(
                        requests.acknowledged().size(),
                        sent,
                        observed.count(),
                        effects.stream().mapToInt(List::size).sum(),
                        effects.stream().filter(runs -> runs.size() > 1).count());
    }
}
