package dev.statuswire.emulator.mapping;

/** Why records were discarded, with the texts of Lambda's invocation record. */
enum DiscardReason {
    RETRY_ATTEMPTS_EXHAUSTED("RetryAttemptsExhausted"),
    RECORD_AGE_EXCEEDED("RecordAgeExceeded");

    private final String text;

    DiscardReason(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
