// Values that many snapshots share until one of them changes its own: copying an investigation must not copy its findings.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <utility>
#include <vector>

namespace abm {

/// A value with cheap copies; edit() makes it this copy's own first. Reading is thread-safe; edit() is not while others copy
/// from this object.
template <class T>
class Shared {
public:
    Shared() : value_(std::make_shared<T>()) {}
    Shared(T value) : value_(std::make_shared<T>(std::move(value))) {}  // NOLINT: a value is a shared value

    const T& operator*() const { return *value_; }
    const T* operator->() const { return value_.get(); }
    T& edit() {
        if (value_.use_count() > 1) value_ = std::make_shared<T>(*value_);
        return *value_;
    }

private:
    std::shared_ptr<T> value_;
};

/// The same, read like a vector.
template <class T>
class SharedVector {
public:
    SharedVector() = default;
    SharedVector(std::vector<T> values) : values_(std::move(values)) {}  // NOLINT: as Shared
    SharedVector(std::initializer_list<T> values) : values_(std::vector<T>(values)) {}

    std::size_t size() const { return values_->size(); }
    bool empty() const { return values_->empty(); }
    const T& operator[](std::size_t at) const { return (*values_)[at]; }
    const T& at(std::size_t place) const { return values_->at(place); }
    const T& front() const { return values_->front(); }
    const T& back() const { return values_->back(); }
    const T* data() const { return values_->data(); }
    auto begin() const { return values_->begin(); }
    auto end() const { return values_->end(); }
    std::vector<T>& edit() { return values_.edit(); }

private:
    Shared<std::vector<T>> values_;
};

}  // namespace abm
