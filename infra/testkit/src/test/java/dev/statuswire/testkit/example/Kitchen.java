package dev.statuswire.testkit.example;

import dev.statuswire.testkit.example.PlaceOrder.Dish;
import java.io.IOException;

/** A service that the type calls. It ignores a key that it has seen before. */
interface Kitchen {

    void cook(String key, Dish dish, int quantity) throws IOException;
}
