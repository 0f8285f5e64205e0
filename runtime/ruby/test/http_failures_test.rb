# frozen_string_literal: true

require_relative "support/runtime"
require_relative "support/deadline"
require_relative "support/scripted_server"

# What a gateway may answer to POST /publish, or not: test/ruby/http-transport.test.ts has the real one.
class HttpFailuresTest < Minitest::Test
  include RuntimeTest

  KEY = "a key that no log may show"

  def setup
    super
    Signalbox.configure do |c|
      c.redis = nil
      c.transport = :http
      c.publish_key = KEY
      c.timeout = 10
      c.logger = Logger.new(@log = StringIO.new)
    end
  end

  # @yieldparam connection [TCPSocket] after a request has come in whole
  # @return [Signalbox::DeliveryError]
  def failure(answer = nil, timeout: 10)
    Signalbox.configure { |c| c.timeout = timeout }
    with_server(answer || ->(connection, _body) { yield connection }) {
      error = assert_raises(Signalbox::DeliveryError) { Deadline.of(20) { Events::Thing.updated!(user_id: 1, contents: "x") } }
      assert_nil Deadline.of(20) { Events::Thing.updated(user_id: 1, contents: "x") }
      refute_includes error.full_message + @log.string, KEY
      error
    }
  end

  def with_server(answer)
    requests = Hash.new { |all, connection| all[connection] = +"" }
    server = ScriptedServer.new do |connection, text|
      requests[connection] << text
      head, body = requests[connection].split("\r\n\r\n", 2)
      next if body.nil? || body.bytesize < head[/content-length: (\d+)/i, 1].to_i

      answer.call(connection, body)
      connection.close
    end
    Signalbox.configure { |c| c.url = "http://127.0.0.1:#{server.port}" }
    yield
  ensure
    server&.close
  end

  def answer(status, body = "")
    ->(connection, *) { connection.write("HTTP/1.1 #{status}\r\nContent-Length: #{body.bytesize}\r\n\r\n#{body}") }
  end

  def test_statuses
    {
      "401 Unauthorized" => "SIGNALBOX_PUBLISH_KEY",
      "404 Not Found" => "set REDIS_URL here as well",
      "413 Payload Too Large" => "at most 4194304 bytes",
      "429 Too Many Requests" => "at most 4194304 bytes",
      "503 Service Unavailable" => "at most 4194304 bytes"
    }.each do |status, hint|
      message = failure(answer(status, "at most\r\n4194304 bytes")).message
      assert_includes message, status.to_i.to_s
      assert_includes message, hint, status
      refute_includes message, "\n"
    end
  end

  def test_redirect_is_not_followed
    assert_includes failure(answer("302 Found")).message, "302"
  end

  def test_answer_that_does_not_end
    failing = failure { |connection|
      connection.write("HTTP/1.1 500 No\r\nContent-Type: text/plain\r\n\r\n")
      loop { connection.write("no and again no " * 1_000) }
    }
    assert_includes failing.message, "answered 500: no and again no"
    assert_operator failing.message.bytesize, :<, 400
  end

  def test_long_answer_to_a_message_that_was_taken
    with_server(lambda { |connection, *|
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
      loop { connection.write("yes" * 10_000) }
    }) { assert Deadline.of(20) { Events::Thing.updated!(user_id: 1, contents: "x") } }
  end

  def test_gateway_that_never_answers
    failure(timeout: 0.2, &:wait_readable)
  end

  # Each byte comes in time, the answer never does.
  def test_gateway_that_answers_byte_by_byte
    failure(timeout: 0.2) { |connection|
      connection.write("HTTP/1.1 200 OK\r\n")
      loop {
        connection.write("x: y\r\n")
        connection.wait_readable(0.05)
      }
    }
  end

  def test_what_is_no_http
    assert_includes failure { |connection| connection.write("-ERR wrong number of arguments\r\n") }.message, "HTTPBadResponse"
  end

  def test_url_that_cannot_be_one
    [ "redis://127.0.0.1", "127.0.0.1:8081", "http://user:#{KEY.delete(" ")}@127.0.0.1", "http://exa mple" ].each do |url|
      error = assert_raises(Signalbox::ConfigurationError, url) { Signalbox.configure { |c| c.url = url } }
      assert_includes error.message, "http://host:port", url
      refute_includes error.full_message, KEY.delete(" ")
    end
  end
end
