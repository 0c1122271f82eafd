package dev.statuswire.aws.door.gateway;

import dev.statuswire.api.testing.TestTypes;
import dev.statuswire.core.type.Pace;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.Step;
import java.util.List;

/** A test type with its own class, because functions find types by class. */
abstract class LoadedType implements RequestType {

    private final RequestType type;

    LoadedType(String name) {
        this.type = TestTypes.all().find(name).orElseThrow();
    }

    /** Wraps {@link TestTypes#ORDER}. */
    public static final class Order extends LoadedType {
        public Order() {
            super(TestTypes.ORDER);
        }
    }

    /** Wraps {@link TestTypes#ANY}. */
    public static final class Any extends LoadedType {
        public Any() {
            super(TestTypes.ANY);
        }
    }

    @Override
    public String name() {
        return type.name();
    }

    @Override
    public String title() {
        return type.title();
    }

    @Override
    public String description() {
        return type.description();
    }

    @Override
    public String inputSchema() {
        return type.inputSchema();
    }

    @Override
    public String example() {
        return type.example();
    }

    @Override
    public Pace pace() {
        return type.pace();
    }

    @Override
    public List<Step> steps() {
        return type.steps();
    }
}
