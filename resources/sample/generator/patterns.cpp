// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/sample/generator/patterns.h"

#include <algorithm>

namespace patchlight::sample {

namespace chr = std::chrono;

namespace {

double daysBetween(Day first, Day last) {
    return static_cast<double>((last - first).count());
}

Day dayAt(std::size_t index) {
    return firstDay + chr::days{static_cast<int>(index)};
}

template <class Weight> Days multiplied(Days days, const Weight& weight) {
    for (std::size_t i = 0; i < days.size(); ++i) days[i] *= weight(dayAt(i));
    return days;
}

bool isHoliday(chr::year_month_day date) {
    const unsigned at = static_cast<unsigned>(date.month()) * 100 + static_cast<unsigned>(date.day());
    struct Range {
        unsigned first, last; // month * 100 + day
    };
    constexpr Range holidays[]{{101, 105}, {213, 219}, {401, 414}, {527, 602}, {723, 903}, {1024, 1031}, {1220, 1231}};
    return std::any_of(std::begin(holidays), std::end(holidays),
                       [at](Range range) { return at >= range.first && at <= range.last; });
}

} // namespace

Hours roundTheClock() {
    Hours hours{};
    for (int h = 0; h < 24; ++h)
        hours[static_cast<std::size_t>(h)] = 0.18 + 0.75 * bell(h, 16.5, 4.0) + 0.45 * bell(h, 21.5, 2.2);
    return hours;
}

Hours around(double hour, double spread) {
    Hours hours{};
    for (int h = 0; h < 30; ++h) hours[static_cast<std::size_t>(h)] = bell(h + 0.5, hour, spread);
    return hours;
}

Hours mixed(const Hours& a, double shareOfA, const Hours& b) {
    double sumA = 0.0;
    double sumB = 0.0;
    for (const double weight : a) sumA += weight;
    for (const double weight : b) sumB += weight;
    Hours hours{};
    for (std::size_t h = 0; h < hours.size(); ++h) hours[h] = shareOfA * a[h] / sumA + (1 - shareOfA) * b[h] / sumB;
    return hours;
}

Days everyDay() {
    return Days(static_cast<std::size_t>((lastDay - firstDay).count() + 1), 1.0);
}

Days byWeekday(Days days, const std::array<double, 7>& weights) {
    return multiplied(std::move(days), [&](Day day) { return weights[chr::weekday{day}.iso_encoding() - 1]; });
}

Days bySeason(Days days, double amplitude) {
    return multiplied(std::move(days), [&](Day day) {
        const Day newYear = chr::year_month_day{day}.year() / 1 / 1;
        return 1 + amplitude * cosine(2 * pi * (daysBetween(newYear, day) - 196) / 365.25);
    });
}

Days byMonth(Days days, const std::array<double, 12>& weights) {
    return multiplied(std::move(days),
                      [&](Day day) { return weights[static_cast<unsigned>(chr::year_month_day{day}.month()) - 1]; });
}

Days within(Days days, Day first, Day last, bool ramp) {
    return multiplied(std::move(days), [&](Day day) {
        if (day < first || day > last) return 0.0;
        return ramp ? (daysBetween(first, day) + 1) / (daysBetween(first, last) + 1) : 1.0;
    });
}

Days inSchoolTerms(Days days) {
    return multiplied(std::move(days), [](Day day) {
        return chr::weekday{day}.iso_encoding() <= 5 && !isHoliday(chr::year_month_day{day}) ? 1.0 : 0.0;
    });
}

Days growing(Days days, double growth) {
    return multiplied(std::move(days), [&](Day day) {
        const double years = daysBetween(firstDay, day) / 365.25;
        return 1 + growth * (years - 0.5);
    });
}

Minute Clock::draw(Random& random) const {
    const Day day = dayAt(m_days.draw(random));
    const auto hour = chr::hours{static_cast<int>(m_hours.draw(random))};
    return day + hour + chr::minutes{static_cast<int>(random.below(12)) * 5};
}

} // namespace patchlight::sample
