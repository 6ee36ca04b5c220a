package org.postern.render.css;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.render.css.Token.Type;

class TokenizerTest {
    @Test
    void frequentWordsAreWhatTheirLettersSay() {
        assertThat(cut("display:none;width:16px;height:100%;order:7"))
                .extracting(Token::type)
                .containsExactly(
                        Type.IDENT,
                        Type.COLON,
                        Type.IDENT,
                        Type.SEMICOLON,
                        Type.IDENT,
                        Type.COLON,
                        Type.DIMENSION,
                        Type.SEMICOLON,
                        Type.IDENT,
                        Type.COLON,
                        Type.PERCENTAGE,
                        Type.SEMICOLON,
                        Type.IDENT,
                        Type.COLON,
                        Type.NUMBER);
        assertThat(cut("display:none;width:16px"))
                .extracting(Token::text)
                .containsExactly("display", ":", "none", ";", "width", ":", "16");
        assertThat(cut("16px").getFirst().unit()).isEqualTo("px");
    }

    @Test
    void whatOnlyResemblesAFrequentWordIsAsItIsWritten() {
        assertThat(cut("DISPLAY displa displays 007 +7 7.0 d\\69splay"))
                .filteredOn(token -> !token.is(Type.SPACE))
                .extracting(Token::text)
                .containsExactly("DISPLAY", "displa", "displays", "007", "+7", "7.0", "display");
    }

    @Test
    void theNumberOfAColourIsNoNumber() {
        assertThat(cut("#100")).containsExactly(Token.of(Type.HASH, "100"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "a\\ IDENT,DELIM",
                "# DELIM",
                "#\\ DELIM,DELIM",
                "@ DELIM",
                "@- DELIM,DELIM",
                "- DELIM",
                "-- IDENT",
                "+. DELIM,DELIM",
                "1. NUMBER,DELIM",
                "1e DIMENSION",
                "1e+ DIMENSION,DELIM",
                "/ DELIM",
                "a/* IDENT",
                "a/*/ IDENT",
                "url( URL",
                "url(a\\ BAD_URL",
                "'a STRING",
                "'a\\ STRING",
                "\\4 IDENT",
                "<!- DELIM,DELIM,DELIM",
                "-> DELIM,DELIM"
            })
    void whereTheTextEndsTheTokenEnds(String css, String types) {
        assertThat(cut(css)).extracting(token -> token.type().name()).containsExactly(types.split(","));
    }

    private static List<Token> cut(String css) {
        Tokens tokens = Tokenizer.tokens(css, () -> {});
        List<Token> all = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            all.add(tokens.get(i));
        }
        return all;
    }
}
