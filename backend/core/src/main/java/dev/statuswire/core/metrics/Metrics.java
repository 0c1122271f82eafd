package dev.statuswire.core.metrics;

import java.time.Duration;

/**
 * Records counts and times: for Prometheus on one machine, for CloudWatch on AWS, under the same
 * names. Never throws and never blocks. Thread-safe.
 */
public interface Metrics {

    /** Discards everything. */
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
     * @param label the value of the counter's {@linkplain Counter#label label}, such as a request
     *     type or a status; empty if there is none
     */
    void count(Counter counter, String label, long amount);

    /**
     * Records a duration.
     *
     * @param label the value of the timer's {@linkplain Timer#label label}
     */
    void time(Timer timer, String label, Duration duration);

    /** The counters. */
    enum Counter {
        /**
         * Requests stored, by type. Counted when the stream delivers them, so the number does not
         * depend on which front door stored them. A record that is redelivered is counted again.
         */
        ACCEPTED("accepted", "type"),
        /** Requests that finished, by status. */
        FINISHED("finished", "status"),
        /** Step runs that failed transiently, by type. */
        RETRIED("retried", "type"),
        /**
         * Overdue requests that no worker started or finished in time, by outcome: offered again,
         * given up or stopped.
         */
        SWEPT("swept", "outcome"),
        /**
         * Requests that were offered again after their backoff, by what offered them: a timer or
         * the sweeper.
         */
        RETRY_OFFERED("retry_offered", "by"),
        /**
         * Stored items that are intended as requests but cannot be read. Each item is counted once.
         */
        UNREADABLE("unreadable", "kind"),
        /** Messages sent to connections, by kind. */
        PUSHED("pushed", "kind"),
        /** Connections dropped, by reason: gone, or closed because they were too slow. */
        DROPPED("dropped", "reason");

        private final String metric;
        private final String label;

        Counter(String metric, String label) {
            this.metric = metric;
            this.label = label;
        }

        /** Returns the name of the metric, without prefix and unit. */
        public String metric() {
            return metric;
        }

        /** Returns the name of the metric's label. */
        public String label() {
            return label;
        }
    }

    /** The timers. */
    enum Timer {
        /** From acceptance to the finish of a request, by type. */
        ACCEPTED_TO_FINISHED("accepted_to_finished", "type"),
        /** From a change to its push, by kind. */
        CHANGE_TO_PUSH("change_to_push", "kind"),
        /** How overdue a request was when it was handled, by outcome. */
        OVERDUE("overdue", "outcome"),
        /**
         * How long an offer was allowed to wait for a worker, recorded when no worker took it in
         * that time, by outcome: offered again, given up or stopped.
         */
        UNCLAIMED("unclaimed", "outcome"),
        /**
         * How long after the end of its backoff a request was offered again, by what offered it.
         */
        RETRY_LATE("retry_late", "by"),
        /**
         * The age of the last record in a batch when a function receives it, by event source
         * mapping. On AWS, Lambda itself provides this metric.
         */
        ITERATOR_AGE("iterator_age", "mapping");

        private final String metric;
        private final String label;

        Timer(String metric, String label) {
            this.metric = metric;
            this.label = label;
        }

        /** Returns the name of the metric, without prefix and unit. */
        public String metric() {
            return metric;
        }

        /** Returns the name of the metric's label. */
        public String label() {
            return label;
        }
    }
}
