package org.descentlang.cli;

import java.util.concurrent.Callable;
import org.descentlang.runtime.UserText;
import org.descentlang.runtime.device.DeviceDescription;
import org.descentlang.runtime.device.DeviceSearch;
import picocli.CommandLine.Command;

@Command(
        name = "devices",
        description = "List the devices that trainings can run on.",
        footer = {
            "TornadoVM, in the folder TORNADOVM_HOME, provides all devices other than the CPU.",
            "",
            "Example:",
            "  descent devices"
        },
        mixinStandardHelpOptions = true)
final class DevicesCommand implements Callable<Integer> {
    private final Console console;

    DevicesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.out().print(text(DeviceSearch.ofAll()));
        return ExitStatus.SUCCESS;
    }

    static String text(DeviceSearch search) {
        var table = new Table();
        var java = Runtime.getRuntime();
        table.row(
                "cpu",
                "cpu",
                "this Java, " + UserText.counted(java.availableProcessors(), "thread"),
                Quantity.bytes(java.maxMemory()),
                "trains, evaluates, predicts");
        search.devices().forEach(device -> row(table, device));
        String none = search.nothing().map(why -> why + ": docs/tornadovm.md\n").orElse("");
        return table.text("") + none + "auto chooses " + search.automatic() + "\n";
    }

    private static void row(Table table, DeviceDescription device) {
        table.row(
                device.name(),
                device.kind().toString(),
                device.model() + ", " + device.units() + " units, " + device.driver(),
                Quantity.bytes(device.memory()),
                device.trains() ? "trains, evaluates, predicts" : "nothing: it has no double precision");
    }
}
