// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/appearance/error_box.h"

#include "app/desktop/appearance/text.h"
#include "core/base/version.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QDateTime>
#include <QDebug>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QSysInfo>

namespace patchlight::desktop {

namespace {

QString codeName(ErrorCode code) {
    switch (code) {
    case ErrorCode::cancelled:
        return "cancelled";
    case ErrorCode::invalidParameter:
        return "invalid parameter";
    case ErrorCode::emptyInput:
        return "empty input";
    case ErrorCode::unusableCrs:
        return "unusable coordinate system";
    case ErrorCode::fileNotFound:
        return "file not found";
    case ErrorCode::fileNotReadable:
        return "file not readable";
    case ErrorCode::fileNotWritable:
        return "file not writable";
    case ErrorCode::fileFormat:
        return "file format";
    case ErrorCode::database:
        return "project file";
    case ErrorCode::refused:
        return "refused";
    }
    return {};
}

} // namespace

QString errorDetails(const QString& whatFailed, const Error& error) {
    QStringList lines{whatFailed, toQt(error.message)};
    if (!error.subject.empty()) lines << "Subject: " + toQt(error.subject);
    lines << "Kind: " + codeName(error.code);
    lines << QString("%1, Qt %2, %3").arg(toQt(madeWith()), qVersion(), QSysInfo::prettyProductName());
    lines << QDateTime::currentDateTimeUtc().toString(Qt::ISODate);
    return lines.join('\n');
}

void showError(QWidget* parent, const QString& whatFailed, const Error& error) {
    if (error.code == ErrorCode::cancelled) return;
    const auto details = errorDetails(whatFailed, error);
    qWarning().noquote() << details;
    auto* box = new QMessageBox(QMessageBox::Warning, QCoreApplication::applicationName(), whatFailed,
                                QMessageBox::Close, parent);
    box->setObjectName("error-box");
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(toQt(error.message));
    auto* copy = box->addButton(QCoreApplication::translate("ErrorBox", "Copy &details"), QMessageBox::ActionRole);
    copy->setObjectName("copy-details");
    copy->disconnect(); // it copies and leaves the box open
    QObject::connect(copy, &QPushButton::clicked, box, [details] { QGuiApplication::clipboard()->setText(details); });
    box->open();
}

} // namespace patchlight::desktop
