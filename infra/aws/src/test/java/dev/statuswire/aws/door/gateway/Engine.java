package dev.statuswire.aws.door.gateway;

import java.util.Map;

/**
 * The Velocity engine that runs the mapping templates. AWS does not document which release API
 * Gateway runs, so the templates must produce the same text on both.
 */
public enum Engine {
    /** The newest release, with the settings that make it read templates as 1.x does. */
    VELOCITY_2 {
        @Override
        String run(String template, Map<String, Object> variables) {
            return Velocity2.INSTANCE.run(template, variables);
        }
    },
    /** The last release of the 1.x line, with its own defaults. */
    VELOCITY_1_7 {
        @Override
        String run(String template, Map<String, Object> variables) {
            return Velocity17.INSTANCE.run(template, variables);
        }
    };

    /** Runs a mapping template. */
    abstract String run(String template, Map<String, Object> variables);
}
