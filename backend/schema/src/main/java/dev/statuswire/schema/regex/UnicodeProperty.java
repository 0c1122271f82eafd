package dev.statuswire.schema.regex;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The sets for {@code \p{…}}: general categories, scripts, and the binary properties that Java
 * knows. The names are those of ECMA-262 and case-sensitive.
 *
 * @see <a href="https://tc39.es/ecma262/#table-nonbinary-unicode-properties">ECMA-262,
 *     properties</a>
 */
final class UnicodeProperty {

    private static final Pattern NAME_OF_SCRIPT = Pattern.compile("[A-Z][a-z]+(_[A-Z][a-z]+)*");

    /** Maps long names and aliases to the names that {@link Pattern} uses. */
    private static final Map<String, String> CATEGORIES =
            Map.ofEntries(
                    entry("Letter", "L"),
                    entry("Cased_Letter", "LC"),
                    entry("Uppercase_Letter", "Lu"),
                    entry("Lowercase_Letter", "Ll"),
                    entry("Titlecase_Letter", "Lt"),
                    entry("Modifier_Letter", "Lm"),
                    entry("Other_Letter", "Lo"),
                    entry("Mark", "M"),
                    entry("Combining_Mark", "M"),
                    entry("Nonspacing_Mark", "Mn"),
                    entry("Spacing_Mark", "Mc"),
                    entry("Enclosing_Mark", "Me"),
                    entry("Number", "N"),
                    entry("Decimal_Number", "Nd"),
                    entry("digit", "Nd"),
                    entry("Letter_Number", "Nl"),
                    entry("Other_Number", "No"),
                    entry("Punctuation", "P"),
                    entry("punct", "P"),
                    entry("Connector_Punctuation", "Pc"),
                    entry("Dash_Punctuation", "Pd"),
                    entry("Open_Punctuation", "Ps"),
                    entry("Close_Punctuation", "Pe"),
                    entry("Initial_Punctuation", "Pi"),
                    entry("Final_Punctuation", "Pf"),
                    entry("Other_Punctuation", "Po"),
                    entry("Symbol", "S"),
                    entry("Math_Symbol", "Sm"),
                    entry("Currency_Symbol", "Sc"),
                    entry("Modifier_Symbol", "Sk"),
                    entry("Other_Symbol", "So"),
                    entry("Separator", "Z"),
                    entry("Space_Separator", "Zs"),
                    entry("Line_Separator", "Zl"),
                    entry("Paragraph_Separator", "Zp"),
                    entry("Other", "C"),
                    entry("Control", "Cc"),
                    entry("cntrl", "Cc"),
                    entry("Format", "Cf"),
                    entry("Surrogate", "Cs"),
                    entry("Private_Use", "Co"),
                    entry("Unassigned", "Cn"));

    private static final Map<String, IntPredicate> BINARY =
            Map.ofEntries(
                    entry("Any", c -> true),
                    entry("ASCII", c -> c < 128),
                    entry("Assigned", Character::isDefined),
                    entry("Alphabetic", Character::isAlphabetic),
                    entry("Alpha", Character::isAlphabetic),
                    entry("Uppercase", Character::isUpperCase),
                    entry("Upper", Character::isUpperCase),
                    entry("Lowercase", Character::isLowerCase),
                    entry("Lower", Character::isLowerCase),
                    entry("Ideographic", Character::isIdeographic),
                    entry("Ideo", Character::isIdeographic),
                    entry("ID_Start", Character::isUnicodeIdentifierStart),
                    entry("IDS", Character::isUnicodeIdentifierStart),
                    entry("White_Space", java("IsWhite_Space")),
                    entry("space", java("IsWhite_Space")),
                    entry("Hex_Digit", java("IsHex_Digit")),
                    entry("Hex", java("IsHex_Digit")),
                    entry("ASCII_Hex_Digit", java("XDigit")),
                    entry("AHex", java("XDigit")),
                    entry("Join_Control", java("IsJoin_Control")),
                    entry("Join_C", java("IsJoin_Control")),
                    entry("Noncharacter_Code_Point", java("IsNoncharacter_Code_Point")),
                    entry("NChar", java("IsNoncharacter_Code_Point")));

    /** Properties of emoji, which Java knows from version 21 on. */
    private static final Map<String, String> EMOJI =
            Map.ofEntries(
                    entry("Emoji", "IsEmoji"),
                    entry("Emoji_Presentation", "IsEmoji_Presentation"),
                    entry("EPres", "IsEmoji_Presentation"),
                    entry("Emoji_Modifier", "IsEmoji_Modifier"),
                    entry("EMod", "IsEmoji_Modifier"),
                    entry("Emoji_Modifier_Base", "IsEmoji_Modifier_Base"),
                    entry("EBase", "IsEmoji_Modifier_Base"),
                    entry("Emoji_Component", "IsEmoji_Component"),
                    entry("EComp", "IsEmoji_Component"),
                    entry("Extended_Pictographic", "IsExtended_Pictographic"),
                    entry("ExtPict", "IsExtended_Pictographic"));

    private UnicodeProperty() {}

    /**
     * Returns the set for {@code \p{text}}.
     *
     * @return empty if the property is unknown
     */
    static Optional<CharacterSet> of(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            return category(text)
                    .or(() -> Optional.ofNullable(BINARY.get(text)))
                    .or(() -> emoji(text))
                    .map(CharacterSet::new);
        }
        String value = text.substring(equals + 1);
        return switch (text.substring(0, equals)) {
            case "General_Category", "gc" -> category(value).map(CharacterSet::new);
            case "Script", "sc" -> script(value).map(CharacterSet::new);
            default -> Optional.empty();
        };
    }

    private static Optional<IntPredicate> category(String name) {
        String known = CATEGORIES.getOrDefault(name, name);
        return CATEGORIES.containsValue(known) ? Optional.of(java(known)) : Optional.empty();
    }

    private static Optional<IntPredicate> emoji(String name) {
        try {
            return Optional.ofNullable(EMOJI.get(name)).map(UnicodeProperty::java);
        } catch (PatternSyntaxException unknownToThisJava) {
            return Optional.empty();
        }
    }

    private static Optional<IntPredicate> script(String name) {
        if (!NAME_OF_SCRIPT.matcher(name).matches()) {
            return Optional.empty();
        }
        try {
            var script = Character.UnicodeScript.forName(name);
            return Optional.of(c -> Character.UnicodeScript.of(c) == script);
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    /** Returns a predicate for the property {@code name} of Java's patterns. */
    private static IntPredicate java(String name) {
        var one = Pattern.compile("\\p{" + name + "}").asMatchPredicate();
        return c -> one.test(Character.toString(c));
    }
}
