// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/jobs/job_line.h"
#include "tests/app/desktop/window_driver.h"

#include <atomic>
#include <stdexcept>
#include <thread>

using namespace patchlight;
using namespace patchlight::desktop;
using namespace patchlight::desktop::test;

namespace {

/// Waits until it is asked to stop.
Expected<int> endless(const TaskContext& task) {
    while (!task.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return failCancelled();
}

} // namespace

TEST_CASE("a job's result arrives on the thread of the line", "[jobs]") {
    JobLine line;
    std::optional<int> got;
    QThread* where = nullptr;
    line.start<int>(
        "sum", [](const TaskContext&) -> Expected<int> { return 42; },
        [&](Expected<int> result) {
            got = *result;
            where = QThread::currentThread();
        });
    CHECK(line.running());
    REQUIRE(waitFor([&] { return got.has_value(); }));
    CHECK(*got == 42);
    CHECK(where == QThread::currentThread());
    CHECK_FALSE(line.running());
}

TEST_CASE("cancelling a job gives the error cancelled", "[jobs]") {
    JobLine line;
    std::optional<ErrorCode> code;
    line.start<int>("endless", endless, [&](Expected<int> result) { code = result.error().code; });
    line.cancel();
    REQUIRE(waitFor([&] { return code.has_value(); }));
    CHECK(*code == ErrorCode::cancelled);
}

TEST_CASE("a new job stops the old one and drops its result", "[jobs]") {
    JobLine line;
    int oldCalls = 0;
    std::optional<int> got;
    line.start<int>("old", endless, [&](Expected<int>) { ++oldCalls; });
    line.start<int>(
        "new", [](const TaskContext&) -> Expected<int> { return 7; }, [&](Expected<int> result) { got = *result; });
    REQUIRE(waitFor([&] { return got.has_value(); }));
    QTest::qWait(20);
    CHECK(*got == 7);
    CHECK(oldCalls == 0);
}

TEST_CASE("what a job throws becomes an error", "[jobs]") {
    JobLine line;
    std::optional<Error> error;
    line.start<int>(
        "throws", [](const TaskContext&) -> Expected<int> { throw std::runtime_error("disc gone"); },
        [&](Expected<int> result) { error = result.error(); });
    REQUIRE(waitFor([&] { return error.has_value(); }));
    CHECK(error->message.find("disc gone") != std::string::npos);
}

TEST_CASE("a line that goes waits for its job and calls nobody", "[jobs]") {
    std::atomic<bool> ended = false;
    int calls = 0;
    {
        JobLine line;
        line.start<int>(
            "endless",
            [&](const TaskContext& task) {
                auto result = endless(task);
                ended = true;
                return result;
            },
            [&](Expected<int>) { ++calls; });
    }
    CHECK(ended);
    QTest::qWait(10);
    CHECK(calls == 0);
}

TEST_CASE("progress arrives while a job runs", "[jobs]") {
    JobLine line;
    double seen = -1.0;
    bool done = false;
    QObject::connect(&line, &JobLine::progressed, &line, [&](const QString& phase, double fraction) {
        CHECK(phase == "Counting");
        seen = fraction;
    });
    line.start<int>(
        "count",
        [](const TaskContext& task) -> Expected<int> {
            task.report("Counting", 0.5);
            return 1;
        },
        [&](Expected<int>) { done = true; });
    REQUIRE(waitFor([&] { return done; }));
    CHECK(seen == 0.5);
}
