#include <QApplication>
#include <QCommandLineParser>
#include <QHash>
#include <QTemporaryDir>
#include <cstdio>
#include <optional>

#include "app/workbench/label_mode.h"
#include "app/workbench/main_window.h"
#include "app/workbench/sample.h"
#include "app/workbench/screenshot.h"
#include "app/workbench/triage_page.h"
#include "widgets/theme.h"

namespace {

std::optional<QSize> parse_size(const QString& text) {
    const QStringList parts = text.split('x');
    if (parts.size() != 2 || parts[0].toInt() <= 0 || parts[1].toInt() <= 0) return std::nullopt;
    return QSize(parts[0].toInt(), parts[1].toInt());
}

int refuse(const char* words) {
    std::fprintf(stderr, "abm-workbench: %s\n", words);
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QApplication::setApplicationName("abm-workbench");
    QApplication::setApplicationVersion(ABM_VERSION);

    QCommandLineParser parser;
    parser.setApplicationDescription(
        "Opens electronic journals of automated banking machines and shows what went wrong, when, and whose money.");
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument("files", "Journals or folders to open.", "[files...]");
    const QCommandLineOption screenshot("screenshot", "Render the window to <file> after loading, and exit.", "file");
    const QCommandLineOption select("select", "Select a record after loading: worst.", "which");
    const QCommandLineOption theme("theme", "light or dark, for this run.", "name");
    const QCommandLineOption size("size", "Size of the window, e.g. 1440x900.", "WxH");
    const QCommandLineOption sample("sample", "Open the sample investigation.");
    const QCommandLineOption show(
        "show",
        "Begin with a tab after loading: queue, sources, ledger, jobs, watch, models, guidelines, or label for label mode.",
        "tab");
    const QCommandLineOption workspace("workspace", "Open this workspace; files given are read into it.", "file");
    parser.addOptions({workspace, sample, screenshot, select, show, theme, size});
    parser.process(application);
    if (parser.isSet(select) && parser.value(select) != "worst") return refuse("--select knows only: worst");
    if (parser.isSet(show) &&
        !QStringList{"queue", "sources", "ledger", "jobs", "watch", "models", "guidelines", "label"}.contains(parser.value(show)))
        return refuse("--show knows queue, sources, ledger, jobs, watch, models, guidelines and label");
    if (parser.isSet(theme) && parser.value(theme) != "light" && parser.value(theme) != "dark")
        return refuse("--theme is light or dark");
    const auto wanted = parser.isSet(size) ? parse_size(parser.value(size)) : std::nullopt;
    if (parser.isSet(size) && !wanted) return refuse("--size is written 1440x900");

    QTemporaryDir unremembered;  // a picture shows the layout the program starts with, and leaves no trace in the user's settings
    abm::Settings settings = parser.isSet(screenshot) ? abm::Settings(unremembered.filePath("settings.ini")) : abm::Settings();
    abm::Theme::instance().install(application);
    abm::Theme::instance().setMode(!parser.isSet(theme)            ? settings.theme()
                                   : parser.value(theme) == "dark" ? abm::ThemeMode::dark
                                                                   : abm::ThemeMode::light);
    abm::MainWindow window(settings,
                           [](const abm::Progress& progress) { return abm::make_sample(abm::sample_folder(), progress); });
    window.setOtherSamples([](abm::SampleKind kind, const abm::Progress& progress) {
        return abm::make_sample(kind, abm::sample_folder(kind), progress);
    });
    if (wanted) window.resize(*wanted);
    if (parser.isSet(select))
        QObject::connect(&window, &abm::MainWindow::opened, &window, [&window] { window.triage()->selectWorst(); });
    if (parser.isSet(show)) {
        QObject::connect(&window, &abm::MainWindow::opened, &window, [&window, tab = parser.value(show)] {
            static const QHash<QString, abm::View> views{{"ledger", abm::View::ledger},         {"jobs", abm::View::jobs},
                                                         {"watch", abm::View::watch},           {"models", abm::View::models},
                                                         {"guidelines", abm::View::guidelines}, {"queue", abm::View::queue},
                                                         {"sources", abm::View::sources}};
            if (tab == "label") {
                window.labelMode().enter();
            } else {
                window.triage()->showView(views.value(tab));
            }
        });
    }
    window.show();
    std::optional<abm::Screenshot> camera;
    if (parser.isSet(screenshot)) camera.emplace(window, parser.value(screenshot));
    if (parser.isSet(sample)) {
        window.openSample();
    } else if (!parser.isSet(workspace) && parser.positionalArguments().isEmpty()) {
        window.openLast();
    } else {
        window.openAtStart(parser.value(workspace), parser.positionalArguments());
    }
    return QApplication::exec();
}
