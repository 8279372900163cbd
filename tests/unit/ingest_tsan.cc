// Debian's RocksDB is not built for the thread sanitizer, which therefore does not see how it
// locks.
#if defined(__SANITIZE_THREAD__)
extern "C" const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions() { return "race:librocksdb.so\n"; }
#endif
