// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLockFile>
#include <QString>
#include <filesystem>
#include <memory>
#include <optional>

namespace patchlight::desktop {

/// Whether a mark's machine is this one: names of machines know no case.
[[nodiscard]] bool isThisMachine(const QString& machine);

/// One window at a time saves a project's settings: the mark that says which, a small file beside the project while the
/// window has it open. The mark of a program that died on this machine counts for nothing. Where no file can be made
/// beside the project there is no mark: such a project cannot be saved either.
class ProjectLock {
public:
    /// Takes the mark of that project and gives up the one before. Returns who has it (the machine's name), or nothing
    /// where this window may save. Taking again what one has changes nothing.
    [[nodiscard]] std::optional<QString> take(const std::filesystem::path& project);
    /// As take, but away from whoever has it: for a mark whose program is known to be gone.
    void takeOver(const std::filesystem::path& project);
    /// Who has taken the mark over from this window since; nothing where it still has it, or never had one.
    [[nodiscard]] std::optional<QString> lostTo() const;
    void release();

private:
    std::filesystem::path m_project;
    std::unique_ptr<QLockFile> m_mark;
};

} // namespace patchlight::desktop
