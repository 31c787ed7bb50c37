// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/crs/detail/proj.h"

#include "core/base/path_text.h"
#include "core/base/thread_state.h"
#include "gis/crs/crs.h"

#include <fmt/format.h>

#include <atomic>
#include <map>
#include <mutex>

namespace patchlight::gis::detail {

namespace {

struct Configuration {
    std::mutex guard;
    std::vector<std::string> folders;
    bool set = false;
    std::atomic<unsigned> generation{0};
};

Configuration& configuration() {
    static Configuration theOne;
    return theOne;
}

using ContextHandle = std::unique_ptr<PJ_CONTEXT, Releaser<proj_context_destroy>>;

void keepQuiet(void*, int, const char*) {} // errors are read from the context and put into our own sentences

ContextHandle newContext(const std::vector<std::string>& folders) {
    ContextHandle handle(proj_context_create());
    proj_log_func(handle.get(), nullptr, keepQuiet);
    proj_context_set_enable_network(handle.get(), 0);
    std::vector<const char*> pointers;
    for (const std::string& folder : folders) pointers.push_back(folder.c_str());
    if (!pointers.empty())
        proj_context_set_search_paths(handle.get(), static_cast<int>(pointers.size()), pointers.data());
    return handle;
}

/// Operations go before the context they were made in.
struct ThreadState {
    ContextHandle context;
    std::map<std::pair<std::string, std::string>, ProjHandle> operations;
    unsigned generation = 0;
};

ThreadState& threadState() {
    auto& state = ofThisThread<ThreadState>();
    const unsigned now = configuration().generation.load();
    if (!state.context || state.generation != now) {
        state.operations.clear();
        state.context = newContext(searchPaths());
        state.generation = now;
    }
    return state;
}

std::string reason(PJ_CONTEXT* context) {
    const int code = proj_context_errno(context);
    const char* text = code != 0 ? proj_context_errno_string(context, code) : nullptr;
    return text ? fmt::format(" (PROJ says: {})", text) : std::string{};
}

} // namespace

void useSearchPaths(std::vector<std::string> folders) {
    Configuration& shared = configuration();
    const std::lock_guard lock(shared.guard);
    shared.folders = std::move(folders);
    shared.set = true;
    ++shared.generation;
}

std::vector<std::string> searchPaths() {
    Configuration& shared = configuration();
    const std::lock_guard lock(shared.guard);
    return shared.set ? shared.folders : standardSearchPaths();
}

std::vector<std::string> standardSearchPaths() {
    std::vector<std::string> folders;
    if (const std::filesystem::path own = dataFolder(); !own.empty())
        for (const auto& folder : {own / "proj", own / "grids", own}) folders.push_back(utf8Text(folder));
    const ContextHandle plain(proj_context_create());
    if (const char* user = proj_context_get_user_writable_directory(plain.get(), 0)) folders.emplace_back(user);
#if defined(_WIN32)
    constexpr char separator = ';';
#else
    constexpr char separator = ':';
#endif
    const PJ_INFO info = proj_info();
    std::string_view list = info.searchpath ? info.searchpath : "";
    while (!list.empty()) {
        const std::size_t end = list.find(separator);
        if (const std::string_view folder = list.substr(0, end); !folder.empty()) folders.emplace_back(folder);
        list.remove_prefix(end == list.npos ? list.size() : end + 1);
    }
    return folders;
}

PJ_CONTEXT* context() {
    return threadState().context.get();
}

Expected<ProjHandle> crsFrom(const std::string& definition) {
    PJ_CONTEXT* const proj = context();
    ProjHandle crs(proj_create(proj, definition.c_str()));
    const std::string shown = definition.size() > 60 ? definition.substr(0, 60) + "..." : definition;
    if (!crs)
        return fail(
            ErrorCode::unusableCrs,
            fmt::format("\"{}\" is not a coordinate system that PROJ knows{}; give an EPSG code.", shown, reason(proj)),
            shown);
    if (!proj_is_crs(crs.get()))
        return fail(ErrorCode::unusableCrs,
                    fmt::format("\"{}\" is not a coordinate system; give an EPSG code such as EPSG:27700.", shown),
                    shown);
    return crs;
}

Expected<PJ*> operationBetween(const std::string& source, const std::string& target) {
    ThreadState& state = threadState();
    const auto key = std::pair{source, target};
    if (const auto known = state.operations.find(key); known != state.operations.end()) return known->second.get();
    PJ_CONTEXT* const proj = state.context.get();
    auto from = crsFrom(source);
    if (!from) return fail(from.error());
    auto to = crsFrom(target);
    if (!to) return fail(to.error());
    const char* const options[] = {"ALLOW_BALLPARK=NO", nullptr};
    const ProjHandle plain(proj_create_crs_to_crs_from_pj(proj, from->get(), to->get(), nullptr, options));
    ProjHandle normalised(plain ? proj_normalize_for_visualization(proj, plain.get()) : nullptr);
    if (!normalised)
        return fail(
            ErrorCode::unusableCrs,
            fmt::format("There is no exact way from {} to {}{}; reproject the file with another program or give "
                        "its coordinate system.",
                        proj_get_name(from->get()), proj_get_name(to->get()), reason(proj)),
            source);
    return state.operations.emplace(key, std::move(normalised)).first->second.get();
}

} // namespace patchlight::gis::detail
