package dev.statuswire.aws.door.gateway;

import dev.statuswire.api.testing.TestTypes;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.RequestType;

/** A test type with its own class, because functions find types by class. */
abstract class LoadedType implements RequestType<Object> {

    private final String name;

    LoadedType(String name) {
        this.name = name;
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
    @SuppressWarnings("unchecked") // nothing reads the input
    public Definition<Object> define() {
        return (Definition<Object>) TestTypes.all().find(name).orElseThrow();
    }
}
