#include "core/series/column_roles.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string_view>

#include "core/base/card_mask.h"
#include "core/base/text_encoding.h"

namespace abm {
namespace {

// Plain names (see plain_name), the most telling first.
constexpr auto kTimeNames = std::to_array<std::string_view>({"timestamp", "datetime", "time", "ts", "eventtime", "when", "date",
                                                             "timestampms", "timestamputc", "epoch", "unixtime", "t"});
constexpr auto kEntityNames = std::to_array<std::string_view>(
    {"machine",  "machineid", "atm",        "atmid",       "abm",     "abmid",      "terminal",   "terminalid", "source",
     "sourceid", "host",      "hostname",   "hostid",      "device",  "deviceid",   "server",     "serverid",   "node",
     "nodeid",   "instance",  "instanceid", "station",     "entity",  "entityid",   "sensor",     "sensorid",   "cell",
     "cellid",   "link",      "unit",       "machinename", "atmname", "devicename", "servername", "nodename",   "sensorname"});
constexpr auto kMetricNames = std::to_array<std::string_view>(
    {"metric", "metricname", "name", "measurement", "kpi", "counter", "signal", "parameter", "series", "quantity", "channel"});
constexpr auto kValueNames = std::to_array<std::string_view>({"value", "val", "reading", "metricvalue", "v", "y"});
constexpr auto kVerdictNames = std::to_array<std::string_view>(
    {"label", "labels", "anomaly", "isanomaly", "anomalylabel", "outlier", "isoutlier", "groundtruth", "isfraud", "fraud"});
constexpr std::size_t kMostEntities = ColumnProfile::kMostDistinct;

using Profiles = std::vector<ColumnProfile>;

class Roles {
public:
    Roles(const Profiles& profiles, std::int64_t rows, TableLayout& layout) : profiles_(profiles), rows_(rows), layout_(layout) {}

    void assign() {
        for (std::size_t column = 0; column < profiles_.size(); ++column) {
            layout_.columns[column].type = profiles_[column].type();
            layout_.columns[column].decimal = profiles_[column].decimal();
            plain_.push_back(plain_name(layout_.names[column]));
        }
        choose_time();
        layout_.entity = named(kEntityNames, [&](std::size_t column) { return groups_rows(column); });
        choose_series();
        for (std::size_t column = 0; column < profiles_.size(); ++column) layout_.columns[column].role = role_of(column);
        use_single_feature();
    }

private:
    /// The column with the first of the names for which `fits`.
    template <class Fits>
    std::optional<std::size_t> named(std::span<const std::string_view> names, const Fits& fits) const {
        for (const std::string_view name : names) {
            for (std::size_t column = 0; column < plain_.size(); ++column) {
                if (plain_[column] == name && fits(column)) return column;
            }
        }
        return std::nullopt;
    }

    void choose_time() {
        const auto is_time = [&](std::size_t column) {
            return profiles_[column].type() == CellType::time || profiles_[column].epoch();
        };
        layout_.time = named(kTimeNames, is_time);
        for (std::size_t column = 0; !layout_.time && column < profiles_.size(); ++column) {
            const bool says_so = plain_[column].find("time") != std::string::npos && profiles_[column].epoch();
            if (profiles_[column].type() == CellType::time || says_so) layout_.time = column;
        }
        if (!layout_.time) return;
        layout_.columns[*layout_.time].type = CellType::time;
        layout_.date_order = profiles_[*layout_.time].date_order();
    }

    // Few distinct values: on average two rows or more for each.
    bool groups_rows(std::size_t column) const {
        const ColumnProfile& profile = profiles_[column];
        const CellType type = profile.type();
        const bool names = type == CellType::text || (type == CellType::number && profile.integer());
        const auto distinct = static_cast<std::int64_t>(profile.distinct());
        return column != layout_.time && names && !profile.card_numbers() && profile.distinct() <= kMostEntities &&
               (rows_ < 4 || 2 * distinct <= rows_);
    }

    void choose_series() {
        if (!layout_.time) return;
        layout_.value = named(kValueNames, [&](std::size_t column) {
            return column != layout_.time && column != layout_.entity && profiles_[column].type() == CellType::number;
        });
        if (!layout_.value) return;
        layout_.series = true;
        layout_.metric = named(kMetricNames, [&](std::size_t column) {
            return column != layout_.time && column != layout_.entity && column != layout_.value &&
                   profiles_[column].type() == CellType::text;
        });
    }

    // A time and one feature: the feature is a series.
    void use_single_feature() {
        if (layout_.series || !layout_.time || layout_.features().size() != 1) return;
        const std::size_t only = layout_.features().front();
        if (layout_.columns[only].type != CellType::number) return;
        layout_.value = only;
        layout_.series = true;
        layout_.columns[only].role = ColumnRole::value;
    }

    bool is_identifier(std::size_t column) const {
        const ColumnProfile& profile = profiles_[column];
        const std::string& name = plain_[column];
        const bool called_id = name == "id" || name == "uuid" || name == "guid" || name == "index" || name == "rownumber" ||
                               std::string_view(layout_.names[column]).ends_with("_id") ||
                               std::string_view(layout_.names[column]).ends_with("Id");
        return profile.counts_up() || profile.card_numbers() || (profile.integer() && called_id);
    }

    ColumnRole role_of(std::size_t column) const {
        const ColumnProfile& profile = profiles_[column];
        if (column == layout_.time) return ColumnRole::time;
        if (column == layout_.entity) return ColumnRole::entity;
        if (column == layout_.metric) return ColumnRole::metric;
        if (layout_.series && column == layout_.value) return ColumnRole::value;
        if (profile.type() == CellType::none) return ColumnRole::unknown;
        if (std::find(kVerdictNames.begin(), kVerdictNames.end(), plain_[column]) != kVerdictNames.end() &&
            profile.distinct() <= 3)
            return ColumnRole::verdict;
        if (profile.type() == CellType::text || profile.type() == CellType::time) return ColumnRole::text;
        if (profile.constant() && rows_ > 1) return ColumnRole::constant;
        return is_identifier(column) ? ColumnRole::identifier : ColumnRole::feature;
    }

    const Profiles& profiles_;
    std::int64_t rows_;
    TableLayout& layout_;
    std::vector<std::string> plain_;
};

void name_columns(TableLayout& layout) {
    std::set<std::string> taken;
    for (const std::string& written : layout.names) {
        std::string name = printable(written);
        mask_private_numbers(name);
        std::string distinct = name;
        for (int copy = 2; !taken.insert(distinct).second; ++copy) distinct = fmt::format("{}_{}", name, copy);
        layout.columns.push_back({std::move(distinct), ColumnRole::unknown, CellType::none, Decimal::point});
    }
}

}  // namespace

void assign_roles(const std::vector<ColumnProfile>& profiles, std::int64_t rows, TableLayout& layout) {
    name_columns(layout);
    Roles(profiles, rows, layout).assign();
}

}  // namespace abm
