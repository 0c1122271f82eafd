package dev.statuswire.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Checks submitting, rejected submissions, and reading. */
final class SubmitAndReadChecks {

    static final String SUBMIT = "submit";
    private static final String STATUS = "status";

    private static final int LARGEST_INPUT = 64 * 1024;
    private static final int LARGEST_BODY = 1024 * 1024;
    private static final int LONGEST_LIST = 20;

    private final CheckContext conversation;
    private final CheckedService service;
    private final Submissions submissions;

    SubmitAndReadChecks(CheckContext conversation) {
        this.conversation = conversation;
        this.service = conversation.service;
        this.submissions = conversation.submissions;
    }

    /** Returns the checks of accepted and rejected submissions. */
    List<Check> submitting() {
        return List.of(
                Check.of(SUBMIT, this::submit, PageAndLoginChecks.LOGIN, PageAndLoginChecks.TYPES),
                Check.of("repeat", this::repeat, SUBMIT),
                Check.of("different content", this::differentContent, SUBMIT),
                Check.of("65,537 bytes", this::tooLargeInput, SUBMIT),
                Check.of("body over 1 MiB", this::tooLargeBody, SUBMIT),
                Check.of("invalid id", this::invalidId, SUBMIT),
                Check.of("schema violation", this::schemaViolation, SUBMIT),
                Check.of("unknown type", this::unknownType, SUBMIT));
    }

    /** Returns the checks that read the first submission. */
    List<Check> reading() {
        return List.of(
                Check.of(STATUS, this::status, SUBMIT),
                Check.of("304", this::notModified, STATUS),
                Check.of("unknown id", this::unknownId, PageAndLoginChecks.LOGIN),
                Check.of("list", this::list, SUBMIT));
    }

    private String example() {
        return ListedTypes.example(conversation.types().first());
    }

    private String submit() throws InterruptedException {
        String id = Submissions.newId();
        CheckedResponse response = submissions.put(id, example()).expect(202);
        response.expectHeaderWith("Location", "/status/" + id);
        response.expectHeader("Cache-Control", "no-store");
        JsonNode document = response.json();
        expectSame("id", id, document.path("id").asText(), response);
        expectSame("status", "ACCEPTED", document.path("status").asText(), response);
        expectSame("version", "1", document.path("version").asText(), response);
        conversation.setSubmitted(document);
        return "202 ACCEPTED " + id;
    }

    private String repeat() throws InterruptedException {
        CheckedResponse response =
                submissions.put(conversation.submittedId(), example()).expect(200);
        expectSame(
                "life",
                conversation.submitted().path("life").asText(),
                response.json().path("life").asText(),
                response);
        return "200, the same request";
    }

    /** Tries several bodies. The schema is validated first, so it may reject a body. */
    private String differentContent() throws InterruptedException {
        String id = conversation.submittedId();
        for (String body : conversation.types().others()) {
            CheckedResponse response = submissions.put(id, body);
            if (response.status() != 422) {
                response.expectProblem(409, "id-taken");
                return "409 id-taken";
            }
        }
        throw new CheckSkippedException("found no other input that the schema accepts");
    }

    /**
     * Uses {@code POST}: for a {@code PUT}, API Gateway validates the schema first, and few schemas
     * accept such a large input.
     */
    private String tooLargeInput() throws InterruptedException {
        String text = "\"" + "x".repeat(LARGEST_INPUT - 1) + "\"";
        String type = conversation.types().first().path("name").asText();
        submissions
                .post("{\"type\":\"" + type + "\",\"input\":" + text + "}")
                .expectProblem(413, "too-large");
        return "413 too-large";
    }

    /** Adds white space that makes the body one byte longer than the limit. */
    private String tooLargeBody() throws InterruptedException {
        String body = example();
        String padded = body + " ".repeat(LARGEST_BODY + 1 - body.length());
        submissions.put(Submissions.newId(), padded).expectProblem(413, "too-large");
        return "413 too-large";
    }

    private String invalidId() throws InterruptedException {
        service.putJson("/requests/short", example()).expectProblem(400, "malformed-request");
        return "400 malformed-request";
    }

    private String schemaViolation() throws InterruptedException {
        JsonNode type = conversation.types().first();
        if (!type.path("schema").path("type").asText().equals("object")) {
            throw new CheckSkippedException(
                    "the schema does not require the input to be an object");
        }
        String body = "{\"type\":" + type.path("name") + ",\"input\":\"no object\"}";
        submissions.put(Submissions.newId(), body).expectProblem(422, "invalid-input");
        return "422 invalid-input";
    }

    private String unknownType() throws InterruptedException {
        submissions
                .put(Submissions.newId(), "{\"type\":\"no-such-type\",\"input\":{}}")
                .expectProblem(422, "invalid-input");
        return "422 invalid-input";
    }

    private String status() throws InterruptedException {
        String id = conversation.submittedId();
        JsonNode document = submissions.finished(id);
        CheckedResponse response = service.get("/status/" + id).expect(200);
        response.expectHeader("Cache-Control", "no-cache");
        response.expectHeader("ETag", entityTag(document));
        String input = conversation.types().first().path("example").toString();
        expectSame("input", input, response.json().path("input").toString(), response);
        return Submissions.ended(response.json());
    }

    private static String entityTag(JsonNode document) {
        return "\"%s-%d\""
                .formatted(document.path("life").asText(), document.path("version").asInt());
    }

    private String notModified() throws InterruptedException {
        String path = "/status/" + conversation.submittedId();
        String tag = service.get(path).expect(200).header("ETag");
        CheckedResponse response = service.get(path, "If-None-Match", tag).expect(304);
        response.expectHeader("ETag", tag);
        if (!response.body().isEmpty()) {
            throw new CheckFailedException(
                    "expected no body with 304, got " + response.described());
        }
        service.get(path, "If-None-Match", "\"another-1\"").expect(200);
        return "304 with the same ETag, 200 with a different one";
    }

    private String unknownId() throws InterruptedException {
        service.get("/status/" + Submissions.newId()).expectProblem(404, "not-found");
        return "404 not-found";
    }

    /** Pages are sorted by id, so requests with higher ids come first. */
    private String list() throws InterruptedException {
        String id = conversation.submittedId();
        String type = conversation.submitted().path("type").asText();
        String path = "/requests?limit=100&type=" + type;
        String cursor = "";
        for (int pages = 1; pages <= LONGEST_LIST; pages++) {
            JsonNode page = service.get(path + cursor).expect(200).json();
            for (JsonNode request : page.path("requests")) {
                if (request.path("id").asText().equals(id)) {
                    return "200, has the request on page " + pages;
                }
            }
            if (!page.path("next").isTextual()) {
                throw new CheckFailedException(
                        "expected %s in the list of %s, but it is on none of %d pages"
                                .formatted(id, path, pages));
            }
            cursor = "&cursor=" + page.path("next").textValue();
        }
        throw new CheckFailedException(
                "expected %s within %d pages of %s".formatted(id, LONGEST_LIST, path));
    }

    private static void expectSame(
            String what, String expected, String found, CheckedResponse response) {
        if (!expected.equals(found)) {
            throw new CheckFailedException(
                    "expected %s %s from %s, got %s"
                            .formatted(what, expected, response.call(), found));
        }
    }
}
