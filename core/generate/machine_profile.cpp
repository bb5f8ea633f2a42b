#include "core/generate/machine_profile.h"

namespace abm {
namespace {

using enum Issuer::Kind;

constexpr KeyBuffers kScreensA{"BBD", "ABD", "AB", "AA", "DAB", "IB", "DBABA", "DBBBA  B", "DCAB"};
constexpr KeyBuffers kScreensB{"BBA", "ABA", "AB", "AC", "DAAC", "IB", "DBAAA", "DBBBA  B", "DCAB"};
constexpr KeyBuffers kScreensC{"CBD", "CAD", "CB", "CC", "EAB", "HB", "ECABA", "ECCBA  B", "EDAB"};

constexpr std::array<Issuer, 6> kIssuers(std::string_view issuer) {
    return {{{issuer, own, 66},
             {"5357", mastercard, 12},
             {"5365", mastercard, 7},
             {"4241", visa, 9},
             {"6010", stripe, 2},
             {"6013", stripe, 2}}};
}

constexpr std::array<MachineProfile, 5> kProfiles{{
    {"JMD",
     {1000, 2000, 5000, 500},
     {50, 100, 500, 1000, 2000, 5000},
     true,
     true,
     true,
     true,
     true,
     true,
     true,
     kScreensA,
     "100110021",
     "0975",
     12000,
     -6,
     kIssuers("4263")},
    {"CAD",
     {20, 50, 100, 5},
     {5, 10, 20, 50, 100, 0},
     true,
     false,
     false,
     false,
     true,
     false,
     false,
     kScreensB,
     "10011",
     "0750",
     160,
     4,
     kIssuers("4506")},
    {"USD",
     {10, 20, 50, 100},
     {},
     false,
     false,
     false,
     false,
     false,
     false,
     false,
     kScreensA,
     "10011",
     "0812",
     140,
     37,
     kIssuers("4350")},
    {"EUR",
     {10, 20, 50, 100},
     {5, 10, 20, 50, 100, 200},
     true,
     true,
     true,
     true,
     false,
     false,
     true,
     kScreensC,
     "100110021",
     "0644",
     150,
     11,
     kIssuers("4970")},
    {"JMD",
     {500, 1000, 2000, 5000},
     {},
     false,
     true,
     false,
     false,
     false,
     false,
     false,
     kScreensB,
     "10011",
     "0975",
     7000,
     37,
     kIssuers("4263")},
}};

constexpr std::array<std::string_view, 8> kBranches{"HARBOUR STREET", "WEST SIDE  PLAZA 2", "COLLEGE GATE1", "MARKET SQUARE",
                                                    "AIRPORT HALL B", "NORTH MALL 3",       "STATION ROAD",  "LIBRARY CORNER"};

}  // namespace

std::span<const MachineProfile> machine_profiles() { return kProfiles; }

std::string_view branch_name(int machine) { return kBranches[static_cast<std::size_t>(machine) % kBranches.size()]; }

}  // namespace abm
