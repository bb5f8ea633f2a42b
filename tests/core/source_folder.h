// The checkout the tests were built from.
#pragma once

#include <filesystem>

namespace abm::test {

const std::filesystem::path& source_folder();

}  // namespace abm::test
