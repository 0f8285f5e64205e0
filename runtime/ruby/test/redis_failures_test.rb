# frozen_string_literal: true

require_relative "support/runtime"
require_relative "support/deadline"
require_relative "support/redis_clients"
require_relative "support/redis_server"
require_relative "support/scripted_server"
require "connection_pool"

# What can go wrong between the runtime and Redis: a request lives, nothing is sent twice, and no password shows.
class RedisFailuresTest < Minitest::Test
  include RuntimeTest

  PASSWORD = "s3cret-word"
  SERVER = RedisServer.new(requirepass: PASSWORD)
  Minitest.after_run { SERVER.remove }

  def setup
    super
    Signalbox.configure do |c|
      c.redis = nil
      c.timeout = 10
      c.logger = Logger.new(@log = StringIO.new)
      c.reporter = ->(error, _context) { @log << error.full_message }
    end
  end

  def teardown
    ENV.delete("REDIS_URL")
    super
  end

  # @param url [String] REDIS_URL
  def use(url, timeout: 10)
    ENV["REDIS_URL"] = url
    Signalbox.configure { |c| c.timeout = timeout }
  end

  # As a request would: it must go on.
  def publish
    Deadline.of(20) { Events::Thing.updated(user_id: 1, contents: "x") }
  end

  def failure
    assert_nil publish
    error = assert_raises(Signalbox::DeliveryError) { Events::Thing.updated!(user_id: 1, contents: "x") }
    refute_includes @log.string + error.full_message, PASSWORD
    error
  end

  def admin
    RedisClient.config(url: SERVER.url(password: PASSWORD)).new_client
  end

  def test_password
    use SERVER.url(password: PASSWORD)
    listener = { url: SERVER.url(password: PASSWORD) }
    assert_equal 1, SERVER.listen("thing", count: 1, config: listener) { assert publish }.size
  end

  def test_password_that_is_missing_or_wrong
    use SERVER.url
    assert_includes failure.message, "NOAUTH"
    use SERVER.url(password: "#{PASSWORD}x")
    assert_includes failure.message, "WRONGPASS"
  end

  def test_user_who_may_not_publish_there
    admin.call("ACL", "SETUSER", "app", "on", ">#{PASSWORD}", "resetchannels", "&other:*", "+@all")
    use SERVER.url.sub("//", "//app:#{PASSWORD}@")
    assert_includes failure.message, "NOPERM"
  end

  # PUBLISH stores nothing: a Redis that takes no writes takes it all the same.
  def test_memory_that_is_full
    admin.call("CONFIG", "SET", "maxmemory", "1")
    use SERVER.url(password: PASSWORD)
    assert publish
  ensure
    admin.call("CONFIG", "SET", "maxmemory", "0")
  end

  def test_url_that_is_none
    [ "redis://:#{PASSWORD} @127.0.0.1", "http://:#{PASSWORD}@127.0.0.1", "redis://:#{PASSWORD}@127.0.0.1/x", ":#{PASSWORD}@127.0.0.1" ].each do |url|
      use url
      assert_includes failure.message, "REDIS_URL is no Redis URL", url
    end
  end

  # A client that shows all it has, as most objects do.
  class OpenClient
    def initialize(password)
      @password = password
    end

    def publish(_channel, _text) = 1
  end

  def test_what_shows_of_the_runtime_itself
    use SERVER.url(password: PASSWORD)
    Signalbox.configure { |c| c.publish_key = PASSWORD }
    http = Signalbox::Transports::Http.new(url: nil, key: PASSWORD, timeout: 1)
    redis = Signalbox::Transports::Redis.new(OpenClient.new(PASSWORD), "")
    [ Signalbox.configuration, Signalbox.transport, http, redis ].each { |object| refute_includes object.inspect, PASSWORD }
    error = assert_raises(NoMethodError) { Signalbox.configure { |c| c.rediss = 1 } }
    refute_includes error.message, PASSWORD
  end

  # The kernel takes the connection; nobody answers.
  def test_server_that_never_answers
    server = ScriptedServer.new { |connection, _text| connection.wait_readable }
    use server.url, timeout: 0.2
    assert_kind_of RedisClient::ConnectionError, failure.cause
    assert_includes @log.string, "DeliveryError"
  ensure
    server&.close
  end

  def test_host_that_is_not_there
    use "redis://:#{PASSWORD}@signalbox.invalid:6379"
    assert_kind_of RedisClient::CannotConnectError, failure.cause
  end

  # What Redis says where it is not ready, whichever client hears it; each time it was asked once.
  def test_answers_that_are_errors
    replies = [ "LOADING Redis is loading the dataset in memory", "READONLY You can't write against a read only replica.",
                "OOM command not allowed", "MASTERDOWN Link with MASTER is down", "BUSY Redis is busy running a script" ]
    clients = [ ->(url) { RedisClient.config(url: url, protocol: 2).new_pool }, (->(url) { Redis.new(url: url) } if REDIS_RB) ].compact
    clients.each do |client|
      replies.each do |reply|
        asked = Queue.new
        server = ScriptedServer.new do |connection, text|
          published = text.scan(/publish/i).size
          published.times { asked << 1 }
          connection.write(published.zero? ? "+OK\r\n" * text.scan(/^\*\d/).size : "-#{reply}\r\n" * published)
        end
        Signalbox.configure { |c| c.redis = client.call(server.url) }
        error = assert_raises(Signalbox::DeliveryError) { Events::Thing.updated!(user_id: 1, contents: "x") }
        assert_includes error.message, reply
        assert_equal 1, asked.size, "#{error.cause.class}: #{reply}"
      ensure
        server&.close
      end
    end
  end

  if REDIS_RB
    # One client for all threads: that a message is not sent again must not be so for what another thread has asked.
    def test_another_threads_command_is_tried_again_as_ever
      asked = Queue.new
      hang_up = Queue.new
      server = ScriptedServer.new do |connection, text|
        if text.match?(/get/i) && asked.empty?
          asked << 1
          hang_up.pop
          raise EOFError
        end
        connection.write((text.match?(/publish/i) ? ":0\r\n" : "+OK\r\n") * text.scan(/^\*\d/).size)
      end
      redis = Redis.new(url: server.url)
      Signalbox.configure { |c| c.redis = redis }
      publish

      reading = Thread.new { redis.get("key") }
      Thread.pass until asked.size == 1
      publishing = Thread.new { publish }
      Thread.pass until publishing.stop?
      hang_up << 1
      assert_equal "OK", Deadline.of(20) { reading.value }
      assert publishing.value
    ensure
      server&.close
    end
  end

  # The pool of the runtime's own has no more to lend: a thread waits for the time limit, not for ever.
  def test_more_threads_than_connections
    server = ScriptedServer.new { |connection, _text| connection.wait_readable }
    use server.url, timeout: 0.2
    ids = Deadline.of(20) { Array.new(12) { Thread.new { publish } }.map(&:value) }
    assert_equal [ nil ] * 12, ids
  ensure
    server&.close
  end
end
