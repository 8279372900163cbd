#include "tests/unit/ingest_faulty_env.h"

#include <functional>
#include <string>
#include <utility>

namespace plenum {
namespace {

class FaultyFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FaultyFile(std::unique_ptr<rocksdb::FSWritableFile> file, std::function<bool()> fails)
      : FSWritableFileOwnerWrapper(std::move(file)), fails_(std::move(fails)) {}

  rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                         rocksdb::IODebugContext* debug) override {
    if (fails_()) return rocksdb::IOStatus::IOError("a sync that fails for a test");
    return FSWritableFileOwnerWrapper::Sync(options, debug);
  }
  rocksdb::IOStatus Fsync(const rocksdb::IOOptions& options,
                          rocksdb::IODebugContext* debug) override {
    if (fails_()) return rocksdb::IOStatus::IOError("a sync that fails for a test");
    return FSWritableFileOwnerWrapper::Fsync(options, debug);
  }

 private:
  const std::function<bool()> fails_;
};

}  // namespace

class FaultyFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  explicit FaultyFileSystem(FaultyEnv& faults)
      : FileSystemWrapper(rocksdb::FileSystem::Default()), faults_(faults) {}
  const char* Name() const override { return "FaultyFileSystem"; }

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result,
                                    rocksdb::IODebugContext* debug) override {
    std::unique_ptr<rocksdb::FSWritableFile> file;
    auto status = FileSystemWrapper::NewWritableFile(name, options, &file, debug);
    if (!status.ok()) return status;
    *result = std::make_unique<FaultyFile>(std::move(file), [this] {
      ++faults_.syncs_;
      return faults_.fail_.load();
    });
    return status;
  }

 private:
  FaultyEnv& faults_;
};

FaultyEnv::FaultyEnv()
    : env_(rocksdb::NewCompositeEnv(std::make_shared<FaultyFileSystem>(*this))) {}

}  // namespace plenum
