package dev.statuswire.check;

/** Provides the access token. */
interface TokenProvider {

    /**
     * Returns an access token.
     *
     * @throws MissingSettingException if there is none
     */
    String get();

    /** Returns a description of the token's user. */
    String described();

    /** Returns a provider without a token; {@code needed} is the instruction for the operator. */
    static TokenProvider none(String needed) {
        return new TokenProvider() {
            @Override
            public String get() {
                throw new MissingSettingException(needed);
            }

            @Override
            public String described() {
                return "";
            }
        };
    }

    /** Returns a provider of the operator's token. */
    static TokenProvider given(String token) {
        return new TokenProvider() {
            @Override
            public String get() {
                return token;
            }

            @Override
            public String described() {
                return "with the given token";
            }
        };
    }
}
