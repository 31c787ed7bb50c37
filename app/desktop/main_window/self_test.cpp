// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/main_window/self_test.h"

#include "app/desktop/appearance/text.h"
#include "app/desktop/document/sample.h"
#include "app/desktop/main_window/main_window.h"
#include "gis/crs/crs.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QThread>
#include <cstdio>

namespace patchlight::desktop {

namespace {

constexpr qint64 patienceMilliseconds = 120'000;

void say(const QString& line) {
    std::fputs(line.toUtf8().constData(), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

int failed(const QString& line) {
    say("FAILED: " + line);
    return 1;
}

} // namespace

int selfTest() {
    const auto data = gis::dataFolder();
    if (data.empty()) return failed("the program's data folder was not found");
    say("data folder: " + toQt(data));
    const QTemporaryDir folder;
    const auto sample = openSample(pathFrom(folder.path()));
    if (!sample) return failed(toQt(sample.error().message));
    say("sample project: made");
    MainWindow window;
    window.show();
    window.openProject(*sample);
    QElapsedTimer clock;
    clock.start();
    while (!(window.runner().answer() && window.settled()) && clock.elapsed() < patienceMilliseconds) {
        if (window.runner().problem()) return failed(toQt(window.runner().problem()->message));
        QCoreApplication::processEvents(QEventLoop::AllEvents, 50);
        QThread::msleep(2);
    }
    const auto answer = window.runner().answer();
    if (!answer || answer->shown->areas.empty()) return failed("the analysis of the sample gave no hotspots");
    say(QString("hotspots: %1, the first around %2")
            .arg(answer->shown->areas.size())
            .arg(toQt(answer->shown->areas.front().name)));
    const auto map = window.map().snapshot();
    if (map.isNull()) return failed("the map was not drawn");
    say(QString("map: %1 x %2 pixels").arg(map.width()).arg(map.height()));
    say("self-test passed");
    return 0;
}

} // namespace patchlight::desktop
