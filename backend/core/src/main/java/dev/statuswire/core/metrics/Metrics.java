package dev.statuswire.core.metrics;

import java.time.Duration;

/**
 * Where counts and times go: Prometheus on one machine, CloudWatch on AWS, under the same names.
 * Never throws and never blocks. Thread-safe.
 */
public interface Metrics {

    /** Keeps nothing. */
    Metrics NONE =
            new Metrics() {
                @Override
                public void count(Counter counter, String label, long amount) {}

                @Override
                public void time(Timer timer, String label, Duration duration) {}
            };

    /**
     * Adds to a counter.
     *
     * @param label which part of it, such as a request type or a status; empty where it has none
     */
    void count(Counter counter, String label, long amount);

    /** Records how long something took. */
    void time(Timer timer, String label, Duration duration);

    /** What is counted. */
    enum Counter {
        /**
         * Requests stored, by type. Counted where the stream brings them first, so that it is the
         * same whichever way they came in; once more for a record that comes again.
         */
        ACCEPTED("accepted", "type"),
        /** Requests that came to an end, by status. */
        FINISHED("finished", "status"),
        /** Tries of a step that failed in a passing way, by type. */
        RETRIED("retried", "type"),
        /**
         * Requests that no worker started or finished in time, offered again, given up or stopped,
         * by which of it.
         */
        SWEPT("swept", "outcome"),
        /**
         * Requests whose backoff was over, offered again for their retry, by what offered them: a
         * timer or the sweeper.
         */
        RETRY_OFFERED("retry_offered", "by"),
        /** Stored items that are meant to be requests and cannot be read, once each. */
        UNREADABLE("unreadable", "kind"),
        /** Messages handed to connections. */
        PUSHED("pushed", "kind"),
        /** Connections found gone, or closed since they could not keep up, by which of it. */
        DROPPED("dropped", "reason");

        private final String metric;
        private final String label;

        Counter(String metric, String label) {
            this.metric = metric;
            this.label = label;
        }

        /** Its name, without prefix or unit. */
        public String metric() {
            return metric;
        }

        /** What its parts are called. */
        public String label() {
            return label;
        }
    }

    /** What is timed. */
    enum Timer {
        /** From accepted to finished, by type. */
        ACCEPTED_TO_FINISHED("accepted_to_finished", "type"),
        /** From a change to its push, by kind. */
        CHANGE_TO_PUSH("change_to_push", "kind"),
        /** How late it was when an overdue request was seen to, by what became of it. */
        OVERDUE("overdue", "outcome"),
        /**
         * How long an offer waited for a worker that did not come, when the request was offered
         * again, given up or stopped, by which of it.
         */
        UNCLAIMED("unclaimed", "outcome"),
        /** How late after its backoff a request was offered again, by what offered it. */
        RETRY_LATE("retry_late", "by"),
        /**
         * The age of a batch's last record when a function gets it, by mapping. On AWS Lambda's
         * own.
         */
        ITERATOR_AGE("iterator_age", "mapping");

        private final String metric;
        private final String label;

        Timer(String metric, String label) {
            this.metric = metric;
            this.label = label;
        }

        /** Its name, without prefix or unit. */
        public String metric() {
            return metric;
        }

        /** What its parts are called. */
        public String label() {
            return label;
        }
    }
}
