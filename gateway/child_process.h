// ChildProcess: a program that this one starts, feeds and listens to, and that never outlives it.
// I/O thread only; the thread that starts a child must be the one that runs the executor, for the
// child is killed when that thread ends.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace plenum {

class ChildProcess : public std::enable_shared_from_this<ChildProcess> {
 public:
  struct Order {
    std::string program;
    std::vector<std::string> arguments;    // after the program's name
    std::vector<std::string> environment;  // "NAME=value": all that it gets
    std::string input;                     // its standard input, then the end
    int niceness = 0;                      // added to this process's
  };
  struct Listener {
    // One line of standard output or error, without its end.
    std::function<void(std::string)> on_out;
    std::function<void(std::string)> on_error;
    // Once, after the last line: as waitpid has it.
    std::function<void(int)> on_end;
  };

  // The error is one sentence.
  static std::expected<std::shared_ptr<ChildProcess>, std::string> Start(
      const boost::asio::any_io_executor& io, const Order& order, Listener listener);
  ~ChildProcess();

  // Asks it to end, and makes it end a little later; on_end follows.
  void Terminate();
  // Ends it now, and waits for that. Nobody is told anything any more.
  void Kill();
  int pid() const { return pid_; }

 private:
  struct Pipe {
    boost::asio::posix::stream_descriptor end;
    std::string buffer = {};
    bool open = true;
  };

  explicit ChildProcess(const boost::asio::any_io_executor& io, Listener listener);
  void Feed(std::string input);
  void Read(Pipe& pipe, std::function<void(std::string)> Listener::* tell);
  void AwaitEnd();

  Listener listener_;
  Pipe in_, out_, error_;
  boost::asio::steady_timer end_timer_;
  boost::asio::steady_timer kill_timer_;
  int pid_ = 0;  // 0: it has ended, and was waited for
};

}  // namespace plenum
