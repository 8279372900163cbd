// What a service manager hears: the real protocol on a real socket, with a thread that may hang.
#include "gateway/service_notify.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace plenum {
namespace {

// The manager's end.
class Receiver {
 public:
  Receiver() {
    std::string folder = std::filesystem::temp_directory_path() / "plenum-notify-XXXXXX";
    folder_ = ::mkdtemp(folder.data());
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::string path = folder_ / "socket";
    std::memcpy(address.sun_path, path.c_str(), path.size());
    socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
    ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
  }
  ~Receiver() {
    ::unsetenv("NOTIFY_SOCKET");
    ::close(socket_);
    std::filesystem::remove_all(folder_);
  }

  // What came since the last time.
  std::string Heard() {
    std::string all;
    char bytes[4096];
    ssize_t size = 0;
    while ((size = ::recv(socket_, bytes, sizeof(bytes), 0)) > 0) {
      all.append(bytes, static_cast<size_t>(size));
    }
    return all;
  }

 private:
  std::filesystem::path folder_;
  int socket_ = -1;
};

// A thread that answers when it is told to, or never.
struct OtherThread {
  std::vector<std::function<void()>> waiting;
  bool full = false;

  ServiceNotify::Ping Ping() {
    return [this](std::function<void()> answer) {
      if (!full) waiting.push_back(std::move(answer));
      return !full;
    };
  }
  void Turn() {
    for (auto& answer : std::exchange(waiting, {})) answer();
  }
};

bool Has(const std::string& heard, std::string_view line) {
  return ("\n" + heard).find("\n" + std::string(line)) != std::string::npos;
}

TEST(ServiceNotify, SaysReadyOnce) {
  Receiver manager;
  OtherThread other;
  ServiceNotify notify(other.Ping());
  notify.Tick(false, "Reading.");
  std::string heard = manager.Heard();
  EXPECT_TRUE(Has(heard, "STATUS=Reading.\n")) << heard;
  EXPECT_FALSE(Has(heard, "READY=1")) << heard;
  notify.Tick(true, "Serving.");
  EXPECT_TRUE(Has(manager.Heard(), "READY=1\n"));
  other.Turn();
  notify.Tick(true, "Serving.");
  heard = manager.Heard();
  EXPECT_FALSE(Has(heard, "READY=1")) << heard;
  EXPECT_FALSE(Has(heard, "STATUS=")) << "nothing new: " << heard;
  notify.Stopping();
  EXPECT_TRUE(Has(manager.Heard(), "STOPPING=1\n"));
}

TEST(ServiceNotify, PingsTheWatchdogOnlyWhileTheOtherThreadTurns) {
  Receiver manager;
  OtherThread other;
  ServiceNotify notify(other.Ping());
  notify.Tick(true, "");
  other.Turn();
  manager.Heard();
  for (int second = 0; second < 3; ++second) {
    notify.Tick(true, "");
    EXPECT_TRUE(Has(manager.Heard(), "WATCHDOG=1\n"));
    other.Turn();
  }
  notify.Tick(true, "");  // the last turn is reported, and the next never comes
  manager.Heard();
  for (int second = 0; second < 3; ++second) {
    notify.Tick(true, "");
    EXPECT_EQ(manager.Heard(), "");
  }
  EXPECT_EQ(other.waiting.size(), 1u) << "pings must not heap up";
  other.Turn();
  notify.Tick(true, "");
  EXPECT_TRUE(Has(manager.Heard(), "WATCHDOG=1\n"));
}

TEST(ServiceNotify, ExtendsTheStartOnlyWhileTheOtherThreadTurns) {
  Receiver manager;
  OtherThread other;
  ServiceNotify notify(other.Ping());
  for (int second = 0; second < 3; ++second) {
    notify.Tick(false, "");
    EXPECT_EQ(manager.Heard(), "");
  }
  other.Turn();
  notify.Tick(false, "");
  std::string heard = manager.Heard();
  EXPECT_TRUE(Has(heard, "EXTEND_TIMEOUT_USEC=")) << heard;
  EXPECT_FALSE(Has(heard, "WATCHDOG=")) << heard;
}

TEST(ServiceNotify, AsksAgainWhenThePingWasNotTaken) {
  Receiver manager;
  OtherThread other;
  other.full = true;
  ServiceNotify notify(other.Ping());
  notify.Tick(true, "");
  manager.Heard();
  notify.Tick(true, "");
  EXPECT_EQ(manager.Heard(), "") << "a thread that takes nothing does not turn";
  other.full = false;
  notify.Tick(true, "");
  EXPECT_EQ(other.waiting.size(), 1u);
}

TEST(ServiceNotify, IsSilentWhereNobodyAsked) {
  OtherThread other;
  ServiceNotify notify(other.Ping());
  notify.Tick(true, "Serving.");
  EXPECT_TRUE(other.waiting.empty());
}

TEST(ServiceNotify, AnAnswerMayComeAfterItHasGone) {
  Receiver manager;
  OtherThread other;
  {
    ServiceNotify notify(other.Ping());
    notify.Tick(true, "");
  }
  other.Turn();
}

}  // namespace
}  // namespace plenum
