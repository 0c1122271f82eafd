package dev.statuswire.simulator.site;

/** What runs. */
enum Service {
    API,
    PROCESSOR,
    WORKER,
    SWEEPER,
    TIMER,
    NOTIFIER,
    LIVE,
    MAPPINGS
}
