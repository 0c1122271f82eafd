package dev.statuswire.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Checks cancelling, retrying, and the processing of each type. */
final class ChangeChecks {

    private static final String CANCEL = "cancel";
    private static final int CANCELS = 3;

    private final CheckContext conversation;
    private final CheckedService service;
    private final Submissions submissions;

    ChangeChecks(CheckContext conversation) {
        this.conversation = conversation;
        this.service = conversation.service;
        this.submissions = conversation.submissions;
    }

    /**
     * @param wantedTypes the types to check, one line each; all other checks use the first one
     */
    List<Check> all(List<String> wantedTypes) {
        var checks = new ArrayList<Check>();
        checks.add(Check.of(CANCEL, this::cancel, SubmitAndReadChecks.SUBMIT));
        checks.add(Check.of("retry", this::retry, CANCEL));
        for (String name : wantedTypes) {
            checks.add(Check.of(name, () -> toItsEnd(name), SubmitAndReadChecks.SUBMIT));
        }
        return checks;
    }

    /** Tries several requests, because a request may finish before it is cancelled. */
    private String cancel() throws InterruptedException {
        for (int tries = 0; tries < CANCELS; tries++) {
            String id = Submissions.newId();
            submissions.put(id, ListedTypes.example(conversation.types().first())).expect(202);
            CheckedResponse response = service.post("/requests/" + id + "/cancel");
            if (response.status() == 409 && Submissions.isFinished(read(id))) {
                continue;
            }
            response.expect(200, 202);
            JsonNode document = submissions.finished(id);
            if (!document.path("status").asText().equals("CANCELLED")) {
                throw new CheckFailedException(
                        "expected %s to be CANCELLED after the cancel was accepted, but it is %s"
                                .formatted(id, document.path("status").asText()));
            }
            service.post("/requests/" + id + "/cancel").expect(200);
            conversation.setCancelled(id);
            return response.status() + ", CANCELLED; 200 when repeated";
        }
        throw new CheckSkippedException(
                "each of %d requests finished before it could be cancelled".formatted(CANCELS));
    }

    private JsonNode read(String id) throws InterruptedException {
        return service.get("/status/" + id).expect(200).json();
    }

    private String retry() throws InterruptedException {
        String id = conversation.cancelled();
        int before = read(id).path("version").asInt();
        submissions.reopened(id);
        JsonNode accepted = service.post("/requests/" + id + "/retry").expect(202).json();
        if (accepted.path("version").asInt() <= before) {
            throw new CheckFailedException(
                    "expected a version greater than %d from the retry of %s, got %d"
                            .formatted(before, id, accepted.path("version").asInt()));
        }
        return "202, " + Submissions.ended(submissions.finished(id));
    }

    /** Waits until the function for the type has processed its example. */
    private String toItsEnd(String name) throws InterruptedException {
        JsonNode type =
                conversation.types().submitted().stream()
                        .filter(listed -> listed.path("name").asText().equals(name))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new CheckSkippedException(
                                                "the service does not list this type"));
        String id = conversation.submittedId();
        if (!type.path("name").equals(conversation.submitted().path("type"))) {
            id = Submissions.newId();
            submissions.put(id, ListedTypes.example(type)).expect(202);
        }
        JsonNode document = submissions.finished(id);
        String ended = Submissions.ended(document);
        return ended + ", steps " + steps(document);
    }

    private static String steps(JsonNode document) {
        return StreamSupport.stream(document.path("steps").spliterator(), false)
                .map(step -> step.path("name").asText() + " " + step.path("status").asText())
                .collect(Collectors.joining(", "));
    }
}
