// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/channel.h"
#include "tests/support/catch.h"

#include <future>
#include <string>

using patchlight::detail::Channel;

TEST_CASE("values come out of a channel in order, whatever goes back", "[import][property]") {
    Channel<std::string> channel(3);
    auto sending = std::async(std::launch::async, [&] {
        for (int i = 0; i < 5000; ++i) {
            std::string value = channel.spare();
            value = std::to_string(i);
            if (!channel.push(std::move(value))) return false;
        }
        channel.close();
        return true;
    });
    int next = 0;
    bool inOrder = true;
    while (auto value = channel.pop()) {
        inOrder = inOrder && *value == std::to_string(next++);
        channel.giveBack(std::move(*value));
    }
    CHECK(inOrder);
    CHECK(next == 5000);
    CHECK(sending.get());
}

TEST_CASE("a channel keeps no more spare values than it holds", "[import][edge]") {
    Channel<std::string> channel(2);
    for (const char* text : {"a", "b", "c"}) channel.giveBack(text);
    CHECK(channel.spare() == "b");
    CHECK(channel.spare() == "a");
    CHECK(channel.spare().empty());
}
