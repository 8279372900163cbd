#include "gateway/child_process.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <csignal>
#include <cstring>
#include <utility>

namespace plenum {
namespace {

namespace net = boost::asio;
using boost::system::error_code;

constexpr size_t kLineBytes = 4 * 1024 * 1024;
constexpr std::chrono::milliseconds kLookForEnd{20};
constexpr std::chrono::seconds kUntilKilled{3};
constexpr int kCouldNotStart = 127;

// Both ends of a pipe, closed unless they are taken.
struct Ends {
  int read = -1, write = -1;
  ~Ends() {
    for (int end : {read, write}) {
      if (end >= 0) ::close(end);
    }
  }
  bool Open() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return false;
    read = ends[0];
    write = ends[1];
    return true;
  }
};

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// In the child: other threads may have held any lock at the fork, so only system calls are made.
[[noreturn]] void BecomeProgram(const char* program, char* const* arguments,
                                char* const* environment, int in, int out, int error, int niceness,
                                pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(kCouldNotStart);  // it has ended meanwhile
  ::setpriority(PRIO_PROCESS, 0, ::getpriority(PRIO_PROCESS, 0) + niceness);
  ::dup2(in, STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(error, STDERR_FILENO);
  // Sockets of the server would stay open in it, and keep their addresses.
  if (::close_range(STDERR_FILENO + 1, ~0U, 0) != 0) {
    const int64_t most = ::sysconf(_SC_OPEN_MAX);
    for (int file = STDERR_FILENO + 1; file < most; ++file) ::close(file);
  }
  ::execve(program, arguments, environment);
  ::_exit(kCouldNotStart);
}

}  // namespace

ChildProcess::ChildProcess(const net::any_io_executor& io, Listener listener)
    : listener_(std::move(listener)),
      in_{net::posix::stream_descriptor(io)},
      out_{net::posix::stream_descriptor(io)},
      error_{net::posix::stream_descriptor(io)},
      end_timer_(io),
      kill_timer_(io) {}

ChildProcess::~ChildProcess() { Kill(); }

std::expected<std::shared_ptr<ChildProcess>, std::string> ChildProcess::Start(
    const net::any_io_executor& io, const Order& order, Listener listener) {
  Ends in, out, error;
  if (!in.Open() || !out.Open() || !error.Open()) {
    return std::unexpected("No pipe could be made: " + std::string(std::strerror(errno)) + ".");
  }
  std::vector<std::string> arguments = order.arguments;
  arguments.insert(arguments.begin(), order.program);
  std::vector<std::string> environment = order.environment;
  const std::vector<char*> argument_list = Pointers(arguments);
  const std::vector<char*> environment_list = Pointers(environment);
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) {
    return std::unexpected("No process could be started: " + std::string(std::strerror(errno)) +
                           ".");
  }
  if (pid == 0) {
    BecomeProgram(order.program.c_str(), argument_list.data(), environment_list.data(), in.read,
                  out.write, error.write, order.niceness, parent);
  }
  std::shared_ptr<ChildProcess> child(new ChildProcess(io, std::move(listener)));
  child->pid_ = pid;
  child->in_.end.assign(std::exchange(in.write, -1));
  child->out_.end.assign(std::exchange(out.read, -1));
  child->error_.end.assign(std::exchange(error.read, -1));
  child->Feed(order.input);
  child->Read(child->out_, &Listener::on_out);
  child->Read(child->error_, &Listener::on_error);
  return child;
}

void ChildProcess::Feed(std::string input) {
  in_.buffer = std::move(input);
  net::async_write(in_.end, net::buffer(in_.buffer),
                   [self = shared_from_this()](error_code, size_t) {
                     error_code ignored;
                     self->in_.end.close(ignored);
                   });
}

void ChildProcess::Read(Pipe& pipe, std::function<void(std::string)> Listener::* tell) {
  auto on_read = [self = shared_from_this(), &pipe, tell](error_code error, size_t bytes) {
    const auto& listener = self->listener_.*tell;
    if (!error) {
      std::string line = pipe.buffer.substr(0, bytes - 1);
      pipe.buffer.erase(0, bytes);
      if (listener) listener(std::move(line));
      return self->Read(pipe, tell);
    }
    if (!pipe.buffer.empty() && listener) listener(std::exchange(pipe.buffer, {}));
    pipe.open = false;
    error_code ignored;
    pipe.end.close(ignored);
    if (!self->out_.open && !self->error_.open) self->AwaitEnd();
  };
  net::async_read_until(pipe.end, net::dynamic_buffer(pipe.buffer, kLineBytes), '\n',
                        std::move(on_read));
}

// It says nothing any more, so it ends now; what it leaves has to be taken.
void ChildProcess::AwaitEnd() {
  int status = 0;
  if (pid_ == 0) return;
  if (::waitpid(pid_, &status, WNOHANG) == 0) {
    end_timer_.expires_after(kLookForEnd);
    return end_timer_.async_wait([self = shared_from_this()](error_code error) {
      if (!error) self->AwaitEnd();
    });
  }
  pid_ = 0;
  kill_timer_.cancel();
  if (auto on_end = std::exchange(listener_, {}).on_end) on_end(status);
}

void ChildProcess::Terminate() {
  if (pid_ == 0) return;
  ::kill(pid_, SIGTERM);
  kill_timer_.expires_after(kUntilKilled);
  kill_timer_.async_wait([weak = weak_from_this()](error_code error) {
    auto self = weak.lock();
    if (!error && self && self->pid_ != 0) ::kill(self->pid_, SIGKILL);
  });
}

void ChildProcess::Kill() {
  listener_ = {};
  error_code ignored;
  for (Pipe* pipe : {&in_, &out_, &error_}) pipe->end.close(ignored);
  end_timer_.cancel();
  kill_timer_.cancel();
  if (pid_ == 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = 0;
}

}  // namespace plenum
