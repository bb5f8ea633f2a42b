#include "app/workbench/screenshot.h"

#include <QCoreApplication>
#include <QPixmap>
#include <cstdio>

#include "app/workbench/main_window.h"

namespace abm {
namespace {

constexpr int kLook_ms = 50;
constexpr int kMostLooks = 5 * 60 * 1000 / kLook_ms;
constexpr int kSettledLooks = 4;  // layouts and deferred paints come to rest

}  // namespace

Screenshot::Screenshot(MainWindow& window, const QString& file, QObject* parent) : QObject(parent), window_(window), file_(file) {
    look_.setInterval(kLook_ms);
    connect(&look_, &QTimer::timeout, this, &Screenshot::look);
    connect(&window_, &MainWindow::failed, this, &Screenshot::giveUp);
    look_.start();
}

void Screenshot::look() {
    if (++looks_ > kMostLooks) return giveUp("the window was not complete after five minutes");
    settled_looks_ = window_.settled() ? settled_looks_ + 1 : 0;
    if (settled_looks_ >= kSettledLooks) save();
}

void Screenshot::save() {
    look_.stop();
    if (!window_.grab().save(file_)) return giveUp("cannot write " + file_);
    QCoreApplication::exit(0);
}

void Screenshot::giveUp(const QString& why) {
    look_.stop();
    std::fprintf(stderr, "abm-workbench: %s\n", qPrintable(why));
    QCoreApplication::exit(1);
}

}  // namespace abm
