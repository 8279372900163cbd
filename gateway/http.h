// HTTP questions and answers, between the connections and those who know the answers. Threads: I/O.
#pragma once

#include <cstddef>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/frame.h"

namespace plenum {

struct HttpQuestion {
  std::string method;
  std::string path;  // without the query
  std::string host;
  std::string bearer;         // of Authorization; empty for none
  std::string if_none_match;  // an ETag; empty for none
  std::string accept_encoding, accept_language;
  std::string content_type;  // of the body
  std::string cookie;        // all of them, as they were sent
  std::string body;
  std::string address;        // who asks, as the socket says; a proxy's, behind one
  bool private_line = false;  // nobody on the way can read it: TLS, or within this machine
};

// Bytes that are shared, never changed.
using Bytes = Frame;
Bytes MakeBytes(std::string text);

struct HttpAnswer {
  // The next piece of a long body; empty at the end. An error breaks the connection off.
  using Piece = std::expected<std::string, std::string>;
  using GivePiece = std::move_only_function<void(Piece)>;
  using NextPiece = std::function<void(GivePiece)>;

  int status = 200;
  std::string content_type = "application/json";
  Bytes body;  // null: empty
  std::string cache_control = "no-store";
  std::string etag;                       // with its quotes; empty for none
  std::string content_encoding;           // "gzip", "br"; empty: as it is
  std::string varies;                     // by which headers of the question
  std::string allow;                      // of a 405
  std::string location = {};              // of a redirect
  std::vector<std::string> cookies = {};  // each a Set-Cookie
  // Its forms are sent back to us: browsers then have to say that they come from here.
  bool sends_forms = false;
  NextPiece next;  // instead of `body`, for a body of unknown length
  // 'sha256-…' of the one style sheet that may stand in the document itself; empty for none.
  std::string inline_style;
  bool framed = false;  // our own pages may show it in a frame
  bool frames = false;  // it may show our own pages in frames
};

HttpAnswer JsonAnswer(int status, std::string body);
// {"code":…,"text":…}
HttpAnswer ErrorAnswer(int status, std::string_view code, std::string_view text);

// The head of an answer, down to the empty line. `host` has been checked by CheckHost.
std::string EncodeHead(const HttpAnswer& answer, std::string_view host, bool keep_alive);

// Only what a host and a port may be made of: it is written into headers.
bool CheckHost(std::string_view host);

// Who answers.
class HttpHandler {
 public:
  using Reply = std::move_only_function<void(HttpAnswer)>;
  virtual ~HttpHandler() = default;
  // `reply` is called exactly once, now or later; if it is destroyed uncalled the connection ends.
  virtual void Handle(HttpQuestion question, Reply reply) = 0;
  // Before the body is read (`question.body` is empty): the answer, if the head alone decides it.
  virtual std::optional<HttpAnswer> AnswerToHead(const HttpQuestion& question) = 0;
  // The largest body for such a question.
  virtual size_t BodyLimit(const HttpQuestion& question) = 0;
};

}  // namespace plenum
