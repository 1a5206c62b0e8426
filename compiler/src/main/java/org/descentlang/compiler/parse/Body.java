package org.descentlang.compiler.parse;

import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.descentlang.grammar.DescentParser.DataDeclarationContext;
import org.descentlang.grammar.DescentParser.DeviceSettingsContext;
import org.descentlang.grammar.DescentParser.SettingsContext;
import org.descentlang.grammar.DescentParser.TrainDeclarationContext;

/** What may hold items, how one is called, and the words that items start with. */
enum Body {
    FILE("declaration", "data model layer function loss metric optimizer clip schedule init train package import"),
    DATA("clause of `data`", "from validation test random examples split"),
    TRAIN(
            "clause of `train`",
            "model data loss metric optimizer schedule clip batch epochs steps shuffle stop keep checkpoint average seed device on"),
    SETTINGS("setting of an optimizer", "for freeze"),
    DEVICE("setting of a device", "products read"),
    STATEMENTS("statement", "weight bias gain embedding running input output return emit if for state gradient freeze");

    private final String item;
    private final List<String> words;

    Body(String item, String words) {
        this.item = item;
        this.words = List.of(words.split(" "));
    }

    static Body of(ParserRuleContext owner) {
        return switch (owner) {
            case DataDeclarationContext _ -> DATA;
            case TrainDeclarationContext _ -> TRAIN;
            case SettingsContext _ -> SETTINGS;
            case DeviceSettingsContext _ -> DEVICE;
            default -> STATEMENTS;
        };
    }

    String item() {
        return item;
    }

    List<String> words() {
        return words;
    }
}
