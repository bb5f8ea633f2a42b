// Large values whose last owner is a view die on a thread of their own: freeing a million findings takes longer than a frame.
#pragma once

#include <memory>
#include <utility>

namespace abm {

/// Frees the value on another thread, soon. Any thread.
void let_go(std::shared_ptr<const void> value);

/// The same value; when nobody holds the returned pointer and its copies any more, the value is let go of.
template <class T>
std::shared_ptr<T> let_go_elsewhere(std::shared_ptr<T> value) {
    T* const raw = value.get();
    if (!raw) return nullptr;
    return {raw, [value = std::move(value)](T*) mutable { let_go(std::move(value)); }};
}

}  // namespace abm
